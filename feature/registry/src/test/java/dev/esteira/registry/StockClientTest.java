package dev.esteira.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.http.Caller;
import dev.esteira.http.HttpServer;
import dev.esteira.http.HttpServices;
import dev.esteira.http.HttpSettings;
import dev.esteira.kernel.UlidSource;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.tracking.TrackingModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stock MLflow client, in a Python process of its own, over HTTP. */
class StockClientTest {

    private static final Path ROOT = Path.of(System.getProperty("esteira.root", "../.."));
    private static final long SECONDS = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void logsSearchesRegistersAndLoadsBack(DatabaseKind kind) throws Exception {
        var clock = InstantSource.system();
        var ids = new UlidSource(clock, new SecureRandom());
        var contents = new FileArtifactStore(folder.resolve("artifacts"), clock);
        contents.start(clock.instant());
        try (var main = kind.open(folder, MigrationChain.MAIN);
                var runs = kind.open(folder, MigrationChain.TRACKING)) {
            var registry = new RegistryModule(main, clock);
            var tracking = new TrackingModule(runs, main, contents, clock, ids, List.of(registry.mount()));
            tracking.start();
            var services = new HttpServices(
                    List.of(tracking.routes("3.17.2"), registry.clientRoutes(tracking)),
                    (request, access) -> new Caller("tester"),
                    TrackingModule.surfaces(),
                    List.of());
            var server = new HttpServer(HttpSettings.loopback(0), services, ids, System::nanoTime);
            server.start();
            try {
                python("http://127.0.0.1:" + server.port());
            } finally {
                server.stop();
            }
        }
    }

    private void python(String address) throws IOException, InterruptedException {
        var python = output(List.of(
                        ROOT.resolve("script/bootstrap").toString(),
                        "python",
                        ROOT.resolve("tests/python/mlflow.txt").toString()))
                .strip();
        var log = folder.resolve("python.log");
        var builder = new ProcessBuilder(
                        python,
                        "-m",
                        "pytest",
                        "-q",
                        "-p",
                        "no:cacheprovider",
                        ROOT.resolve("tests/clients/python").toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", address);
        builder.environment().put("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }
}
