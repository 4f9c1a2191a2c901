package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(name = "runs", description = "Lists pipeline runs, newest first.")
final class RunsCommand extends Command {

    @Option(names = "--limit", paramLabel = "NUMBER", description = "At most so many (20).")
    int limit = 20;

    @Override
    int run() throws Exception {
        if (limit < 1) {
            throw malformed("The limit " + limit + " is below 1.", "Choose a larger one.");
        }
        try (var session = reading()) {
            var runs = session.client().runs(limit);
            if (common.json) {
                print(Value.ofFields(Map.of(
                        "items",
                        new Value.Sequence(runs.stream().<Value>map(r -> r).toList()))));
                return ExitCode.YES;
            }
            var table = new Table("run", "pipeline", "state", "warnings", "created");
            runs.forEach(run -> table.row(
                    run.text("id").orElse(""),
                    run.text("pipeline").orElse(""),
                    run.text("state").orElse(""),
                    run.whole("warnings").map(String::valueOf).orElse("0"),
                    run.text("created").orElse("")));
            table.lines().forEach(terminal()::out);
            return ExitCode.YES;
        }
    }
}
