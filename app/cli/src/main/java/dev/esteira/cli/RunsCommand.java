package dev.esteira.cli;

import dev.esteira.kernel.Value;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(name = "runs", description = "Lists pipeline runs, newest first.")
final class RunsCommand extends Command {

    @Mixin
    LimitOption limit = new LimitOption();

    @Override
    int run() throws Exception {
        var most = limit.most();
        try (var session = reading()) {
            var runs = session.client().runs(most);
            if (common.json) {
                printItems(runs);
                return ExitCode.YES;
            }
            var table = new Table("run", "pipeline", "state", "took", "created (UTC)")
                    .right("took")
                    .whole("run", "state", "took", "created (UTC)");
            runs.forEach(run -> table.row(
                    run.text("id").orElse(""),
                    run.text("pipeline").orElse(""),
                    state(run),
                    run.text("duration").map(RunText::time).orElse(""),
                    run.text("created").map(RunText::minute).orElse("")));
            show(table, "There are no runs; start one with '" + Program.name() + " run FILE'.");
            limit.hint(runs.size(), this);
            return ExitCode.YES;
        }
    }

    private static String state(Value.Fields run) {
        var word = RunText.word(run.text("state").orElse(""), false);
        var warnings = run.whole("warnings").orElse(0L);
        return warnings == 0 ? word : word + ", " + RunText.count(warnings, "warning");
    }
}
