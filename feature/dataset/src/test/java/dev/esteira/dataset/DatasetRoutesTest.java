package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.http.Access;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Commit;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.FolderAttempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRoutesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void everyRouteReadsAndSaysSo() throws Exception {
        try (var database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN)) {
            database.start();
            var module = new DatasetModule(
                    database,
                    new FileArtifactStore(folder.resolve("blobs"), () -> NOON),
                    DataEngine.DEFAULT_MEMORY_BYTES);
            assertThat(module.routes().routes())
                    .hasSize(3)
                    .allMatch(route -> route.access().equals(Optional.of(Access.READ))
                            && !route.summary().isEmpty());
            assertThat(module.kinds()).extracting(kind -> kind.name()).containsExactly("ingest", "split");
        }
    }

    @Test
    void showsTheColumnsAndProfileOfAStoredDataSet() throws Exception {
        var blobs = new FileArtifactStore(folder.resolve("blobs"), () -> NOON);
        blobs.start(NOON);
        try (var database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN)) {
            database.start();
            var context = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
            var dataset = Frames.write(
                    folder, 1, "SELECT 1 AS a, 'x' AS b", new DatasetOptions(Map.of("a", Role.ID), List.of()));
            var artifact = DatasetWriter.publish(context, dataset);
            for (var file : artifact.files()) {
                try (var in = Files.newInputStream(context.local(file))) {
                    blobs.put(in);
                }
            }
            database.write(tx -> {
                new ContentStore().save(tx, WorkspaceName.DEFAULT, artifact, NOON);
                new DatasetSink()
                        .commit(
                                tx,
                                new Commit(
                                        WorkspaceName.DEFAULT,
                                        "pipeline",
                                        "run",
                                        "step",
                                        "data",
                                        artifact,
                                        Map.of(),
                                        Value.Fields.EMPTY,
                                        false,
                                        NOON));
                return true;
            });
            var datasets = new Datasets(database, blobs);
            assertThat(datasets.require(WorkspaceName.DEFAULT, artifact.digest())
                            .rows())
                    .isEqualTo(1);
            var description = datasets.description(WorkspaceName.DEFAULT, artifact.digest());
            assertThat(description
                            .items("columns")
                            .getFirst()
                            .asFields()
                            .orElseThrow()
                            .text("role"))
                    .contains("id");
            assertThat(DatasetProfile.of(datasets.profile(WorkspaceName.DEFAULT, artifact.digest())))
                    .satisfies(profile ->
                            assertThat(profile.column("b").orElseThrow().max()).contains(Value.of("x")));
        }
    }
}
