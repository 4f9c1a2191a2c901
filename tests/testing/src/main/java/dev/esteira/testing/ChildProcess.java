package dev.esteira.testing;

import dev.esteira.spi.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts the child of a step as the engine does, but waits for it. */
final class ChildProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "TZ");

    private ChildProcess() {}

    /** Runs it to its end, which must be a good one. */
    static void run(Launch launch, Path directory) throws IOException, InterruptedException {
        var output = directory.resolve("output");
        var builder = new ProcessBuilder(launch.command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("The child did not end well: " + Files.readString(output)
                        + lines(directory.resolve("error.json")));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** The lines that it left about its progress. */
    static List<String> progress(Path directory) throws IOException {
        return lines(directory.resolve("progress"));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
