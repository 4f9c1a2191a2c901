package dev.esteira.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "cancel", description = "Asks a run to end.")
final class CancelCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Override
    int run() throws Exception {
        try (var session = working()) {
            var run = session.client().cancel(id);
            if (common.json) {
                print(run);
            } else {
                terminal().out("Run " + id + " is " + run.text("state").orElse("cancelling") + ".");
            }
            return ExitCode.YES;
        }
    }
}
