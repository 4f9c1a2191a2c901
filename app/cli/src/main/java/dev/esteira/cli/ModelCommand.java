package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "model",
        description = "Looks at registered models and moves their aliases.",
        subcommands = {
            ModelCommand.ListCommand.class,
            ModelCommand.ShowCommand.class,
            ModelCompareCommand.class,
            ModelCommand.AliasCommand.class,
            ModelExportCommand.class
        })
final class ModelCommand extends Command {

    private static final String MODELS = "/api/v1/models";

    @Limit(value = "Models, and versions of a model, that a command lists.", unit = "items")
    private static final int MOST = 1000;

    @Override
    int run() {
        throw malformed("A command of 'model' is missing.", "See 'esteira model --help'.");
    }

    static String address(String name) {
        return MODELS + "/" + EsteiraClient.escape(name);
    }

    /** The version that a number or an alias names. */
    static Value.Fields version(EsteiraClient client, String name, String version) {
        var place = version.matches("\\d+") ? "/versions/" : "/aliases/";
        return client.get(address(name) + place + EsteiraClient.escape(version));
    }

    @CommandLine.Command(name = "list", description = "Lists registered models.")
    static final class ListCommand extends Command {

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                var models = session.client().list(MODELS, MOST);
                if (common.json) {
                    printItems(models);
                    return ExitCode.YES;
                }
                var table = new Table("model", "latest version", "changed (UTC)")
                        .right("latest version")
                        .whole("changed (UTC)");
                models.forEach(model -> table.row(
                        model.text("name").orElse(""),
                        model.whole("latestVersion").map(String::valueOf).orElse(""),
                        model.text("changed").map(RunText::minute).orElse("")));
                show(table, "There are no models; a run with a step of kind 'register' makes one.");
                return ExitCode.YES;
            }
        }
    }

    @CommandLine.Command(name = "show", description = "Shows a model with its versions, or one version.")
    static final class ShowCommand extends Command {

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        String name = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "VERSION",
                description = "A version's number or alias, to see its metrics.")
        String version = "";

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                if (version.isEmpty()) {
                    all(session.client());
                } else {
                    one(session.client());
                }
                return ExitCode.YES;
            }
        }

        private void one(EsteiraClient client) {
            var found = ModelCommand.version(client, name, version);
            var metrics = new VersionMetrics(client, found);
            if (common.json) {
                print(found.with("metrics", metrics.report()));
                return;
            }
            terminal()
                    .out(terminal().styled(Style.BOLD, name + " version ")
                            + found.whole("version").map(String::valueOf).orElse("")
                            + aliases(found));
            terminal().out("  run      " + found.text("run").orElse(""));
            terminal()
                    .out("  created  "
                            + found.text("created").map(RunText::instant).orElse("") + " UTC");
            found.text("digest")
                    .ifPresent(digest -> terminal().out("  digest   " + digest.replaceFirst("^sha256:", "")));
            show(new MetricsTable(metrics.report()).table(), metrics.absent());
        }

        private static String aliases(Value.Fields version) {
            var aliases = version.items("aliases").stream().map(RunText::value).toList();
            return aliases.isEmpty() ? "" : ", alias " + String.join(", ", aliases);
        }

        private void all(EsteiraClient client) {
            var model = client.get(address(name));
            var versions = client.list(address(name) + "/versions", MOST);
            if (common.json) {
                print(model.with("versions", new Value.Sequence(List.copyOf(versions))));
                return;
            }
            terminal()
                    .out((terminal().styled(Style.BOLD, name) + "  "
                                    + model.text("description").orElse(""))
                            .stripTrailing());
            var table = new Table("version", "aliases", "run", "digest", "created (UTC)")
                    .right("version")
                    .whole("run", "digest", "created (UTC)");
            versions.forEach(one -> table.row(
                    one.whole("version").map(String::valueOf).orElse(""),
                    one.field("aliases").map(RunText::value).orElse(""),
                    one.text("run").orElse(""),
                    one.text("digest").map(RunText::digest).orElse(""),
                    one.text("created").map(RunText::minute).orElse("")));
            show(table, "The model has no versions.");
        }
    }

    @CommandLine.Command(name = "alias", description = "Points an alias at a version, or takes it away.")
    static final class AliasCommand extends Command {

        @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
        String name = "";

        @Parameters(index = "1", paramLabel = "ALIAS", description = "The alias, e.g. champion.")
        String alias = "";

        @Parameters(index = "2", arity = "0..1", paramLabel = "VERSION", description = "The version's number.")
        long version;

        @Option(names = "--remove", description = "Takes the alias away.")
        boolean remove;

        @Override
        int run() throws Exception {
            if (remove == version > 0) {
                throw malformed(
                        remove ? "An alias that is taken away needs no version." : "The version's number is missing.",
                        "Write 'model alias NAME ALIAS VERSION', or 'model alias NAME ALIAS --remove'.");
            }
            try (var session = reading()) {
                var address = address(name) + "/aliases/" + EsteiraClient.escape(alias);
                if (remove) {
                    session.client().delete(address);
                    done(
                            Value.Fields.EMPTY.with("model", Value.of(name)).with("alias", Value.of(alias)),
                            " has no alias '" + alias + "' any more.");
                } else {
                    var answer = session.client().put(address, Value.ofFields(Map.of("version", Value.of(version))));
                    done(answer, " version " + version + " is '" + alias + "' now.");
                }
                return ExitCode.YES;
            }
        }

        private void done(Value.Fields answer, String sentence) {
            if (common.json) {
                print(answer);
            } else {
                terminal().out(name + sentence);
            }
        }
    }
}
