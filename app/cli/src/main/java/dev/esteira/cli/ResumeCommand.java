package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "resume",
        description = "Goes on with a run: recovers it, or makes a new one that carries over.")
final class ResumeCommand extends Command {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    String id = "";

    @Option(names = "--from", paramLabel = "STEP", description = "Run this step and those after it again.")
    String from = "";

    @Override
    int run() throws Exception {
        try (var session = working()) {
            var options = from.isEmpty() ? Value.Fields.EMPTY : Value.ofFields(Map.of("from", Value.of(from)));
            var run = session.client().resume(id, options);
            return new Following(this, session).follow(run.text("id").orElse(id), 0);
        }
    }
}
