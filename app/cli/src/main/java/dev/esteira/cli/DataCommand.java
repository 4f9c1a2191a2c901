package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "data",
        description = "Looks at data.",
        subcommands = {DataFileCommands.Profile.class, DataFileCommands.Check.class, DataCommand.ListCommand.class})
final class DataCommand extends Command {

    @Override
    int run() {
        throw malformed("A command of 'data' is missing.", "See 'esteira data --help'.");
    }

    private static String origin(Value.Fields set) {
        return set.text("step").orElse("")
                + set.text("output").map(name -> "/" + name).orElse("");
    }

    @CommandLine.Command(name = "list", description = "Lists data set versions, newest first.")
    static final class ListCommand extends Command {

        @Option(names = "--limit", paramLabel = "NUMBER", description = "At most so many (50).")
        int limit = 50;

        @Override
        int run() throws Exception {
            try (var session = reading()) {
                var sets = session.client().list("/api/v1/datasets", limit);
                if (common.json) {
                    print(Value.ofFields(Map.of(
                            "items",
                            new Value.Sequence(sets.stream().<Value>map(s -> s).toList()))));
                    return ExitCode.YES;
                }
                var table = new Table("data set", "rows", "columns", "step", "created");
                sets.forEach(set -> table.row(
                        set.text("id")
                                .map(digest -> digest.substring(0, Math.min(19, digest.length())))
                                .orElse(""),
                        set.whole("rows").map(RunText::grouped).orElse(""),
                        set.field("columns").map(RunText::value).orElse(""),
                        origin(set),
                        set.text("created").or(() -> set.text("createdAt")).orElse("")));
                table.lines().forEach(terminal()::out);
                return ExitCode.YES;
            }
        }
    }
}
