package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.kernel.Value;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "model",
        description = "Looks at registered models and moves their aliases.",
        subcommands = {ModelCommand.ListCommand.class, ModelCommand.ShowCommand.class, ModelCommand.AliasCommand.class})
final class ModelCommand extends Command {

    private static final String MODELS = "/api/v1/models";
    private static final int MOST = 1000;

    @Override
    int run() {
        throw malformed("A command of 'model' is missing.", "See 'esteira model --help'.");
    }

    private static String address(String name) {
        return MODELS + "/" + EsteiraClient.escape(name);
    }

    @CommandLine.Command(name = "list", description = "Lists registered models.")
    static final class ListCommand extends Command {

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                var models = session.client().list(MODELS, MOST);
                if (common.json) {
                    print(Value.ofFields(Map.of(
                            "items",
                            new Value.Sequence(
                                    models.stream().<Value>map(m -> m).toList()))));
                    return ExitCode.YES;
                }
                var table = new Table("model", "latest version", "changed");
                models.forEach(model -> table.row(
                        model.text("name").orElse(""),
                        model.whole("latestVersion").map(String::valueOf).orElse(""),
                        model.text("changed").orElse("")));
                table.lines().forEach(terminal()::out);
                return ExitCode.YES;
            }
        }
    }

    @CommandLine.Command(name = "show", description = "Shows a model with its versions.")
    static final class ShowCommand extends Command {

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        String name = "";

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                var model = session.client().get(address(name));
                var versions = session.client().list(address(name) + "/versions", MOST);
                if (common.json) {
                    print(model.with(
                            "versions",
                            new Value.Sequence(
                                    versions.stream().<Value>map(v -> v).toList())));
                    return ExitCode.YES;
                }
                terminal()
                        .out(terminal().styled(Style.BOLD, name) + "  "
                                + model.text("description").orElse(""));
                var table = new Table("version", "aliases", "run", "digest", "created");
                versions.forEach(version -> table.row(
                        version.whole("version").map(String::valueOf).orElse(""),
                        version.field("aliases").map(RunText::value).orElse(""),
                        version.text("run").orElse(""),
                        version.text("digest")
                                .map(digest -> digest.substring(0, Math.min(19, digest.length())))
                                .orElse(""),
                        version.text("created").orElse("")));
                table.lines().forEach(terminal()::out);
                return ExitCode.YES;
            }
        }
    }

    @CommandLine.Command(name = "alias", description = "Points an alias at a version.")
    static final class AliasCommand extends Command {

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        String name = "";

        @Parameters(index = "1", paramLabel = "ALIAS", description = "The alias, e.g. champion.")
        String alias = "";

        @Parameters(index = "2", paramLabel = "VERSION", description = "The version's number.")
        long version;

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                var answer = session.client()
                        .put(
                                address(name) + "/aliases/" + EsteiraClient.escape(alias),
                                Value.ofFields(Map.of("version", Value.of(version))));
                if (common.json) {
                    print(answer);
                } else {
                    terminal().out(name + " version " + version + " is '" + alias + "' now.");
                }
                return ExitCode.YES;
            }
        }
    }
}
