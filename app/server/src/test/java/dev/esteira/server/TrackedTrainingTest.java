package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an attempt to train ends, its tracked run ends with it. */
class TrackedTrainingTest {

    private static final String PIPELINE = """
            apiVersion: esteira.dev/v1
            kind: Pipeline
            metadata: {name: trial}
            spec:
              steps:
                rows: {kind: ingest, source: {csv: {path: rows.csv}}, roles: {label: y}}
                model:
                  kind: train
                  inputs: {train: "${{ steps.rows.outputs.data }}"}
                  trainer: {name: xgboost, task: binary, params: {%s}, rounds: %d}
                  timeout: {run: %s}
            """;

    private static final String ENDLESS = PIPELINE.formatted("eta: 0.001", 100_000, "10min");

    @TempDir
    private Path folder;

    private static Map<String, String> rows() {
        var text = new StringBuilder("x,z,y\n");
        for (var row = 0; row < 600; row++) {
            text.append(row % 83)
                    .append(',')
                    .append(row % 31)
                    .append(',')
                    .append(row * 7 % 11 < 4 ? 1 : 0)
                    .append('\n');
        }
        return Map.of("rows.csv", text.toString());
    }

    private EsteiraServer server() {
        return new EsteiraServer(new ServerSettings(
                folder, "127.0.0.1", OptionalInt.of(0), Optional.empty(), ServerSettings.Manner.STANDALONE));
    }

    @Test
    void aCancelledAttemptIsKilledAndOneThatFailsOrTimesOutHasFailed() throws Exception {
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                var cancelled = client.submit(ENDLESS, rows());
                learning(client, 1);
                client.post("/api/v1/pipeline-runs/" + cancelled + "/cancel", Value.Fields.EMPTY);
                assertThat(client.end(cancelled).text("state")).contains("CANCELLED");
                requireEnded(client.tracked("trial").getFirst(), "KILLED", "cancelled");

                client.end(client.submit(PIPELINE.formatted("eta: 0.002", 100_000, "4s"), rows()));
                requireEnded(client.tracked("trial").getFirst(), "FAILED", "longer than its timeout");

                client.end(client.submit(PIPELINE.formatted("tree_method: oak", 10, "10min"), rows()));
                requireEnded(client.tracked("trial").getFirst(), "FAILED", "oak");

                assertThat(client.end(client.submit(PIPELINE.formatted("eta: 0.3", 3, "10min"), rows()))
                                .text("state"))
                        .contains("SUCCEEDED");
                assertThat(client.tracked("trial").getFirst().fields("info").text("status"))
                        .contains("FINISHED");
                assertThat(client.tracked("trial")).hasSize(4);
            }
        }
    }

    @Test
    void anAttemptThatDiesWithItsServerHasFailedAfterTheNextStart() throws Exception {
        String run;
        try (var process = ServerProcess.start(folder);
                var client = new ServerClient(process.address())) {
            run = client.submit(ENDLESS, rows());
            learning(client, 1);
            process.kill();
        }
        killChild();
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                var second = learning(client, 2);
                assertThat(second.fields("info").text("status")).contains("RUNNING");
                requireEnded(client.tracked("trial").getLast(), "FAILED", "vanished");
                client.post("/api/v1/pipeline-runs/" + run + "/cancel", Value.Fields.EMPTY);
                assertThat(client.end(run).text("state")).contains("CANCELLED");
                requireEnded(client.tracked("trial").getFirst(), "KILLED", "cancelled");
            }
        }
    }

    /** The latest of so many tracked runs, once it has a metric. */
    private static Value.Fields learning(ServerClient client, int runs) throws IOException, InterruptedException {
        return client.eventually(() -> {
            var tracked = client.tracked("trial");
            return tracked.size() == runs
                            && !tracked.getFirst()
                                    .fields("data")
                                    .items("metrics")
                                    .isEmpty()
                    ? Optional.of(tracked.getFirst())
                    : Optional.empty();
        });
    }

    private static void requireEnded(Value.Fields run, String status, String why) {
        var info = run.fields("info");
        assertThat(info.text("status")).contains(status);
        assertThat(info.whole("end_time").orElseThrow())
                .isGreaterThanOrEqualTo(info.whole("start_time").orElseThrow());
        assertThat(run.fields("data").items("tags"))
                .map(tag -> tag.asFields().orElseThrow())
                .filteredOn(tag -> tag.text("key").equals(Optional.of("esteira.end")))
                .singleElement()
                .extracting(tag -> tag.text("value").orElseThrow())
                .asString()
                .contains(why);
    }

    /** Ends the only child below the folder, with its shim. */
    private void killChild() throws IOException, InterruptedException {
        try (var attempts = Files.newDirectoryStream(folder.resolve("attempts"))) {
            for (var attempt : attempts) {
                var started = attempt.resolve("started");
                if (Files.exists(started) && !Files.exists(attempt.resolve("exit"))) {
                    var group = Files.readString(started).split(" ", 2)[0];
                    assertThat(new ProcessBuilder(List.of("kill", "-KILL", "--", "-" + group))
                                    .start()
                                    .waitFor())
                            .isZero();
                }
            }
        }
    }
}
