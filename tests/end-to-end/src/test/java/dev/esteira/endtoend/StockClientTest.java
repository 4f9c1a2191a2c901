package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock MLflow client in a Python process, against a server in a process of its own. */
@Tag("slow")
class StockClientTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"files", "postgresql"})
    void logsSearchesRegistersAndLoadsBack(String database) throws Exception {
        var data = folder.resolve("data");
        var options = new ArrayList<>(List.of("--data", data.toString()));
        if (database.equals("postgresql")) {
            options.addAll(List.of("--database", PostgresServer.shared().freshDatabase()));
        }
        Program.build();
        var started = System.nanoTime();
        try (var server = ServerProcess.start(folder, options)) {
            System.out.printf(
                    "A server on %s was ready %d ms after its start%n",
                    database, (System.nanoTime() - started) / 1_000_000);
            var address = server.address().toString();
            Python.test(folder, "test_client.py", Map.of("MLFLOW_TRACKING_URI", address));
            Python.test(folder, "test_wire.py", Map.of("MLFLOW_TRACKING_URI", address));

            assertThat(server.stop()).as("the exit status after TERM").isZero();
            assertThat(server.output())
                    .containsExactly("Esteira is ready at " + address + " (data in " + data.toRealPath() + ")");
            assertThat(server.errorOutput()).isEmpty();
        }
        // What the first server acknowledged is there for the next.
        try (var again = ServerProcess.start(folder, options)) {
            Python.test(
                    folder,
                    "test_after_restart.py",
                    Map.of("MLFLOW_TRACKING_URI", again.address().toString()));
            assertThat(again.stop()).isZero();
        }
    }
}
