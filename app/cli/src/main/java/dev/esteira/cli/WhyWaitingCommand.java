package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "why-waiting", description = "Says what the steps of a run wait for.")
final class WhyWaitingCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            var found = session.client().run(id);
            var waiting = session.client().whyWaiting(id);
            if (common.json) {
                print(Value.Fields.EMPTY
                        .with("id", Value.of(id))
                        .with("state", found.field("state").orElse(Value.NOTHING))
                        .with("items", new Value.Sequence(List.copyOf(waiting))));
            } else {
                show(found, waiting);
            }
            return ExitCode.YES;
        }
    }

    private void show(Value.Fields run, List<Value.Fields> waiting) {
        terminal().out(run.text("state").orElse("") + "  " + sentence(run, waiting));
        var table = new Table("step", "state", "why", "goes on (UTC)").whole("step", "state", "goes on (UTC)");
        waiting.forEach(step -> table.row(
                RunStory.name(step),
                RunText.word(step.text("state").orElse(""), false),
                step.text("sentence").orElse(""),
                step.text("until").map(RunText::instant).orElse("")));
        if (!table.isEmpty()) {
            terminal().out(table);
        }
        if (waiting.stream().anyMatch(step -> step.text("reason").orElse("").equals("SERVER"))) {
            terminal().out("  " + Program.name() + " resume " + id + "   go on with it here");
        }
    }

    private static String sentence(Value.Fields run, List<Value.Fields> waiting) {
        if (run.text("ended").isPresent()) {
            return "The run has ended and waits for nothing.";
        }
        var running = RunStory.steps(run).stream()
                .filter(step -> step.text("state").orElse("").equals("RUNNING"))
                .map(RunStory::name)
                .toList();
        var runs = running.isEmpty()
                ? "No step runs"
                : String.join(", ", running) + (running.size() == 1 ? " runs" : " run");
        return runs + "; "
                + (waiting.isEmpty()
                        ? "no step waits."
                        : RunText.count(waiting.size(), "step") + (waiting.size() == 1 ? " waits." : " wait."));
    }
}
