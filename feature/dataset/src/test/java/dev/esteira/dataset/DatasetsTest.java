package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void notesADataSetOnceAndEveryStepThatGaveIt() {
        try (var database = database()) {
            commit(database, 1, "run1", NOON);
            commit(database, 1, "run2", NOON.plusSeconds(1));
            commit(database, 1, "run2", NOON.plusSeconds(1));
            assertThat(database.<Long>read(tx -> tx.whole("SELECT count(*) FROM dataset_version")))
                    .isEqualTo(1);
            assertThat(database.<Long>read(tx -> tx.whole("SELECT count(*) FROM dataset_output")))
                    .isEqualTo(2);
            assertThat(database.<Long>read(tx -> tx.whole("SELECT count(*) FROM dataset_origin")))
                    .isEqualTo(2);
        }
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        try (var database = database()) {
            for (var number = 0; number < 7; number++) {
                commit(database, number, "run" + number, NOON.plusSeconds(number / 3));
            }
            var datasets = new Datasets(database, new FileArtifactStore(folder.resolve("blobs"), () -> NOON));
            var seen = new ArrayList<DatasetVersion>();
            var after = Optional.<Datasets.Position>empty();
            for (var page = 0; page < 4; page++) {
                var found = datasets.list(WorkspaceName.DEFAULT, after, 2);
                seen.addAll(found);
                after = Optional.of(new Datasets.Position(
                        found.getLast().created(), found.getLast().digest().hex()));
            }
            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
            assertThat(seen).extracting(DatasetVersion::created).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(datasets.list(new WorkspaceName("other"), Optional.empty(), 10))
                    .isEmpty();
            assertThatThrownBy(() -> datasets.require(WorkspaceName.DEFAULT, Digest.ofText("nothing")))
                    .extracting(error -> ((EsteiraException) error).code())
                    .isEqualTo(DatasetErrorCode.DATASET_NOT_FOUND);
        }
    }

    private Database database() {
        var database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
        database.start();
        return database;
    }

    private static void commit(Database database, int number, String run, Instant at) {
        var file = new ArtifactFile("data.parquet", Digest.ofText("content" + number), 10);
        var artifact = new Artifact(
                ArtifactType.DATASET,
                List.of(file),
                Value.ofFields(Map.of("rows", Value.of(5L), "columns", Value.of(2L))));
        database.write(tx -> {
            new DatasetSink()
                    .commit(
                            tx,
                            new Commit(
                                    WorkspaceName.DEFAULT,
                                    "pipeline",
                                    run,
                                    "step",
                                    "data",
                                    artifact,
                                    Map.of("source", artifact),
                                    Value.Fields.EMPTY,
                                    false,
                                    at));
            return true;
        });
    }
}
