package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.store.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does by itself. */
class UpkeepTest {

    private static final String PIPELINE = """
            apiVersion: esteira.dev/v1
            kind: Pipeline
            metadata: {name: trial}
            spec:
              steps:
                rows: {kind: ingest, source: {csv: {path: rows.csv}}, roles: {label: y}}
                shown: {kind: transform, inputs: {rows: "${{ steps.rows.outputs.data }}"}, sql: {text: "select * from rows"}}
                model:
                  kind: train
                  inputs: {train: "${{ steps.rows.outputs.data }}"}
                  trainer: {name: xgboost, task: binary, rounds: 3}
            """;

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private String run = "";

    /** A data directory with a run that succeeded, in which nothing is swept yet. */
    @BeforeEach
    void run() throws Exception {
        data = folder.resolve("data");
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                run = client.submit(PIPELINE, rows());
                assertThat(client.end(run).text("state")).contains("SUCCEEDED");
            }
        }
    }

    private static Map<String, String> rows() {
        var text = new StringBuilder("x,y\n");
        IntStream.range(0, 200)
                .forEach(row -> text.append(row).append(',').append(row % 2).append('\n'));
        return Map.of("rows.csv", text.toString());
    }

    private EsteiraServer server() {
        return new EsteiraServer(new ServerSettings(
                data, "127.0.0.1", OptionalInt.of(0), Optional.empty(), ServerSettings.Manner.STANDALONE));
    }

    private void sweepEverySecond() throws IOException {
        Files.writeString(data.resolve("esteira.properties"), "sweep-interval=1s\nsweep-grace=1s\n");
    }

    private List<Digest> unreachable(int count) throws Exception {
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                var digests = new ArrayList<Digest>();
                for (var number = 0; number < count; number++) {
                    digests.add(client.upload(("nobody names " + number).getBytes(StandardCharsets.UTF_8)));
                }
                return digests;
            }
        }
    }

    private boolean there(Digest digest) throws IOException {
        try (var files = Files.walk(new DataDirectory(data).artifacts())) {
            return files.anyMatch(file -> file.endsWith(digest.hex()));
        }
    }

    private long files() throws IOException {
        try (var files = Files.walk(new DataDirectory(data).artifacts())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Every file of every output can be read, the files of the tracked run too, and a second run takes all from the cache. */
    private void requireWhole(ServerClient client) throws Exception {
        for (var step : client.run(run).items("steps")) {
            var outputs = step.asFields().orElseThrow().fields("outputs");
            assertThat(outputs.entries()).isNotEmpty();
            for (var output : outputs.entries().values()) {
                var artifact = output.asFields().orElseThrow();
                for (var item : artifact.items("files")) {
                    var file = item.asFields().orElseThrow();
                    var content = client.bytes(
                            "/api/v1/artifacts/" + artifact.text("digest").orElseThrow() + "/files/"
                                    + file.text("path").orElseThrow());
                    assertThat(Digest.of(content).toString())
                            .isEqualTo(file.text("digest").orElseThrow());
                }
            }
        }
        var uri = client.tracked("trial")
                .getFirst()
                .fields("info")
                .text("artifact_uri")
                .orElseThrow();
        var path = uri.substring("mlflow-artifacts:/".length()) + "/model/MLmodel";
        assertThat(client.bytes("/api/2.0/mlflow-artifacts/artifacts/" + path)).isNotEmpty();
        var again = client.end(client.submit(PIPELINE, rows()));
        assertThat(again.items("steps"))
                .hasSize(3)
                .allMatch(step -> step.asFields().orElseThrow().flag("cached").orElse(false));
    }

    @Test
    void collectsWhatNothingReachesAndLeavesTheRest() throws Exception {
        var lost = unreachable(1).getFirst();
        var before = files();
        var folderOfTheDead =
                Files.createDirectories(new DataDirectory(data).attempts().resolve("01DEAD"));
        Files.writeString(folderOfTheDead.resolve("command"), "left behind");
        Files.setLastModifiedTime(folderOfTheDead, FileTime.from(Instant.now().minusSeconds(60)));
        sweepEverySecond();
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                client.eventually(() -> there(lost) ? Optional.empty() : Optional.of(true));
                client.eventually(() -> Files.exists(folderOfTheDead) ? Optional.empty() : Optional.of(true));
                assertThat(files()).isEqualTo(before - 1);
                requireWhole(client);
            }
        }
    }

    @Test
    void aSweepThatIsKilledHarmsNothingAndIsFinishedLater() throws Exception {
        var seed = Long.getLong("esteira.kill.seed", System.nanoTime());
        System.out.println("Sweep kills with -Desteira.kill.seed=" + seed);
        var random = new Random(seed);
        var kept = files();
        unreachable(600);
        sweepEverySecond();
        for (var kill = 0; kill < 3; kill++) {
            try (var process = ServerProcess.start(data)) {
                process.address();
                var all = files();
                for (var wait = 0; wait < 500 && files() == all && all > kept; wait++) {
                    Thread.sleep(5);
                }
                Thread.sleep(random.nextInt(20));
                process.kill();
            }
        }
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                client.eventually(() -> files() == kept ? Optional.of(true) : Optional.empty());
                requireWhole(client);
            }
        }
    }

    @Test
    void marksTheTrackedRunWhoseModelCounts() throws Exception {
        try (var server = server()) {
            server.start();
            try (var client = new ServerClient(server.address())) {
                var tags = client.eventually(() -> Optional.of(client.tracked("trial")
                                .getFirst()
                                .fields("data")
                                .items("tags"))
                        .filter(all -> all.toString().contains(CommittedRuns.TAG)));
                assertThat(tags)
                        .contains(Value.Fields.EMPTY
                                .with("key", Value.of(CommittedRuns.TAG))
                                .with("value", Value.of(run)));
            }
        }
    }
}
