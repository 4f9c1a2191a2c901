package dev.esteira.cli;

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
            explanation.text("sentence").or(() -> explanation.text("message")).ifPresent(terminal()::out);
            explanation.items("causes").forEach(cause -> terminal().out("  " + PlanCommand.cause(cause)));
            explanation.items("differences").forEach(one -> terminal().out("    " + RunText.value(one)));
            return ExitCode.YES;
        }
    }
}
