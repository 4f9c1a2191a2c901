package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Python environment with the stock MLflow client, and the tests that are written for it. */
final class Python {

    private static final Path TESTS = Program.ROOT.resolve("tests/clients/python");
    private static final long SECONDS = 600;

    private Python() {}

    /** Runs a file of tests/clients/python with pytest; fails with its output when a test of it failed. */
    static void test(Path folder, String file, Map<String, String> environment) throws Exception {
        var log = folder.resolve(file + ".log");
        var command = new ArrayList<String>();
        command.add(interpreter());
        command.addAll(List.of(
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                TESTS.resolve(file).toString()));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    private static String interpreter() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Program.ROOT.resolve("script/bootstrap").toString(),
                        "python",
                        Program.ROOT.resolve("tests/python/mlflow.txt").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("script/bootstrap python").isZero();
        return text.strip();
    }
}
