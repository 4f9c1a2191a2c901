package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "explain", description = "Says why a step ran, or why it did not have to.")
final class ExplainCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The step's name.")
    String step = "";

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            var explanation = session.client().explanation(id, step);
            if (common.json) {
                print(explanation);
            } else {
                show(explanation);
            }
            return ExitCode.YES;
        }
    }

    private void show(Value.Fields explanation) {
        terminal().out(terminal().styled(Style.BOLD, step) + " " + outcome(explanation));
        explanation.items("causes").forEach(cause -> terminal().out("  " + PlanCommand.cause(cause)));
        explanation
                .items("differences")
                .forEach(one -> terminal()
                        .out("    " + RunText.difference(one.asFields().orElse(Value.Fields.EMPTY))));
        explanation
                .text("comparedWith")
                .filter(run -> !explanation.items("causes").isEmpty())
                .ifPresent(run -> terminal().out("  (compared with run " + run + ")"));
        // The first link is the step itself.
        for (var link : explanation.items("chain").stream().skip(1).toList()) {
            var fields = link.asFields().orElse(Value.Fields.EMPTY);
            var why = fields.items("causes").stream().map(PlanCommand::cause).toList();
            terminal().out("  because " + RunStory.name(fields) + " ran: " + String.join("; ", why));
        }
    }

    private static String outcome(Value.Fields explanation) {
        var source = explanation.text("source").map(run -> " of run " + run).orElse(" of an earlier run");
        return switch (explanation.text("outcome").orElse("")) {
            case "RAN" -> "ran, because";
            case "CACHED" ->
                "did not have to run: the value" + source + " serves, for nothing that it depends on has changed";
            case "CARRIED" -> "was done before: its outputs" + source + " were carried over";
            case "DECIDED" -> "ended as a person decided";
            default -> state(explanation.text("state").orElse(""), explanation.items("causes"));
        };
    }

    private static String state(String state, List<Value> causes) {
        var word = switch (state) {
            case "SKIPPED" -> "was skipped: its condition was false, or an input was skipped";
            case "UPSTREAM_FAILED" -> "did not run: a step before it failed";
            case "PENDING" -> "has not been looked at: it waits for the steps before it";
            case "FAILED" -> "failed";
            case "CANCELLED" -> "was cancelled";
            default -> "is " + RunText.word(state, false);
        };
        return causes.isEmpty() ? word : word + "; it ran because";
    }
}
