package dev.esteira.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(name = "show", description = "Shows a run with its checks, metrics, gates and costs.")
final class ShowCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Override
    int run() throws Exception {
        try (var session = reading()) {
            var run = session.client().run(id);
            if (common.json) {
                print(run);
            } else {
                terminal()
                        .out(terminal().styled(Style.BOLD, run.text("pipeline").orElse("")) + "  run " + id);
                new RunStory(terminal(), StorySources.of(session.client())).tell(run);
            }
            return ExitCode.YES;
        }
    }
}
