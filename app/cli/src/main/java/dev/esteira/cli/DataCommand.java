package dev.esteira.cli;

import dev.esteira.kernel.Value;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "data",
        description = "Looks at data.",
        subcommands = {
            DataProfileCommand.class,
            DataCheckCommand.class,
            DataDiffCommand.class,
            DataCommand.ListCommand.class,
            DataQuarantineCommand.class,
            DataHistoryCommand.class
        })
final class DataCommand extends Command {

    @Override
    int run() {
        throw malformed("A command of 'data' is missing.", "See 'esteira data --help'.");
    }

    private static String origin(Value.Fields set) {
        return set.text("step").orElse("")
                + set.text("output").map(name -> "/" + name).orElse("");
    }

    @CommandLine.Command(name = "list", description = "Lists data sets, newest first.")
    static final class ListCommand extends Command {

        @Mixin
        LimitOption limit = new LimitOption();

        @Override
        int run() throws Exception {
            var most = limit.most();
            try (var session = reading()) {
                var sets = session.client().list("/api/v1/datasets", most);
                if (common.json) {
                    printItems(sets);
                    return ExitCode.YES;
                }
                var table = new Table("data set", "rows", "columns", "size", "step/output", "created (UTC)")
                        .right("rows", "columns", "size")
                        .whole("data set", "rows", "size", "created (UTC)");
                sets.forEach(set -> table.row(
                        set.text("id").map(RunText::digest).orElse(""),
                        set.whole("rows").map(RunText::grouped).orElse(""),
                        set.whole("columns").map(RunText::grouped).orElse(""),
                        set.whole("size").map(RunText::bytes).orElse(""),
                        origin(set),
                        set.text("created").map(RunText::minute).orElse("")));
                show(table, "There are no data sets; a run makes them, or '" + Program.name() + " data profile FILE'.");
                limit.hint(sets.size(), this);
                return ExitCode.YES;
            }
        }
    }
}
