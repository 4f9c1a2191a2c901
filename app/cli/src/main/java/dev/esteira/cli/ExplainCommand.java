package dev.esteira.cli;

import dev.esteira.kernel.Value;
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
                return ExitCode.YES;
            }
            var source = explanation
                    .text("source")
                    .map(run -> ", made by run " + run)
                    .orElse("");
            terminal()
                    .out(step + ": "
                            + explanation
                                    .text("outcome")
                                    .or(() -> explanation.text("state"))
                                    .orElse("") + source);
            explanation.items("causes").forEach(cause -> terminal().out("  " + PlanCommand.cause(cause)));
            explanation
                    .items("differences")
                    .forEach(one -> terminal()
                            .out("    " + RunText.difference(one.asFields().orElse(Value.Fields.EMPTY))));
            for (var link : explanation.items("chain")) {
                var fields = link.asFields().orElse(Value.Fields.EMPTY);
                var why =
                        fields.items("causes").stream().map(PlanCommand::cause).toList();
                terminal().out("  <- " + RunStory.name(fields) + ": " + String.join("; ", why));
            }
            return ExitCode.YES;
        }
    }
}
