package dev.esteira.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The first run of the flight example in a data directory, made once for all tests that compare with it. Its data
 * directory is copied, never changed.
 */
final class UndisturbedRun implements AutoCloseable {

    /** The pipeline as it lies in the checkout. */
    static final Path PIPELINE = Program.ROOT.resolve("examples/flights/flight-delay.pipeline.yaml");

    private final Path folder;
    private final Program program;
    private final RunDocument run;
    private final Duration took;

    private UndisturbedRun() throws IOException, InterruptedException {
        this.folder = Files.createTempDirectory("esteira-undisturbed").toRealPath();
        this.program = new Program(folder, Map.of("TZ", "UTC"));
        program.ask("version");
        var started = System.nanoTime();
        this.run = program.succeeds("run", PIPELINE.toString(), "--no-cache");
        this.took = Duration.ofNanos(System.nanoTime() - started);
    }

    RunDocument run() {
        return run;
    }

    /** How long the command took. */
    Duration took() {
        return took;
    }

    /** A program on a data directory in which this run was made. */
    Program copy(Path to) throws IOException {
        return program.copy(to);
    }

    @Override
    public void close() {
        program.close();
        Program.remove(folder);
    }

    /** Hands the run to tests that ask for it. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == UndisturbedRun.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(UndisturbedRun.class))
                    .getOrComputeIfAbsent(UndisturbedRun.class, type -> made());
        }

        private static UndisturbedRun made() {
            try {
                return new UndisturbedRun();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the run was made", e);
            }
        }
    }
}
