package dev.esteira.cli;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(name = "demo", description = "Takes real flights along the whole belt to a registered model.")
final class DemoCommand extends Command {

    private static final String EXAMPLE = "examples/flights/flight-delay.pipeline.yaml";

    @Option(names = "--no-cache", description = "Run every step, whatever is stored.")
    boolean noCache;

    @Override
    int run() throws Exception {
        var path = example();
        terminal().say("Will a flight arrive late? 336 776 flights of 2013 go along the belt.");
        int code;
        try (var session = working()) {
            var options = Value.ofFields(Map.of("cache", Value.of(!noCache)));
            var submission = PipelineFile.read(path).bundle(session.client(), Map.of(), options);
            var run = session.client().submit(submission);
            code = new Following(this, session).follow(run.text("id").orElse(""), 0);
        }
        if (code == ExitCode.YES && !common.json) {
            next(path);
        }
        return code;
    }

    private void next(Path path) {
        var file = Program.path(path);
        var leaky = Program.path(path.resolveSibling("leaky.pipeline.yaml"));
        terminal().headline("Try next");
        propose("demo", "all of it from the cache");
        propose("plan " + file + " -p rounds=100", "what would run again with fewer rounds, and why");
        propose("model alias flight-delay champion 1", "the next model is compared with this version");
        propose("run " + leaky, "a leak that the checks find: it ends with exit code 1");
    }

    private void propose(String command, String why) {
        terminal().out("  " + Program.name() + " " + command);
        terminal().out("      " + why);
    }

    private static Path example() {
        var home = System.getProperty("esteira.dist");
        var path = home == null ? Path.of(EXAMPLE) : Path.of(home).resolve(EXAMPLE);
        if (!Files.isRegularFile(path)) {
            throw new EsteiraException(
                    CliErrorCode.EXAMPLE_MISSING,
                    "The example " + path + " is not there.",
                    "Start the demo from the folder into which Esteira was cloned or unpacked.");
        }
        return path;
    }
}
