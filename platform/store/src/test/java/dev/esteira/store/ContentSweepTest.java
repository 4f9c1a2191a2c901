package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactStore.Stored;
import dev.esteira.spi.ArtifactType;
import dev.esteira.testing.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentSweepTest {

    private static final WorkspaceName WORKSPACE = WorkspaceName.DEFAULT;
    private static final WorkspaceName OTHER = new WorkspaceName("other");
    private static final Duration GRACE = Duration.ofHours(24);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final ContentStore contents = new ContentStore();

    @ParameterizedTest
    @EnumSource
    void keepsWhatIsReachedAndWhatIsYoung(DatabaseKind kind) throws Exception {
        var files = new FileArtifactStore(folder.resolve("artifacts"), clock);
        files.start(Instant.MAX);
        try (var main = kind.open(folder, MigrationChain.MAIN);
                var tracking = kind.open(folder, MigrationChain.TRACKING)) {
            main.change(tx -> {
                tx.update("CREATE TABLE holds (workspace TEXT, tree TEXT)");
                tx.update("INSERT INTO blob_root VALUES ('holds', 'tree', 'tree')");
            });
            tracking.change(tx -> {
                tx.update("CREATE TABLE logged (workspace TEXT, digest TEXT)");
                tx.update("INSERT INTO blob_root VALUES ('logged', 'digest', 'blob')");
            });
            var held = artifact(files, "held");
            var lost = artifact(files, "lost");
            var logged = file(files, "logged");
            file(files, "never noted");
            main.change(tx -> {
                contents.save(tx, WORKSPACE, held, clock.instant());
                contents.save(tx, WORKSPACE, lost, clock.instant());
                contents.save(tx, OTHER, lost, clock.instant());
                contents.note(tx, WORKSPACE, stored(logged), clock.instant());
                tx.update("INSERT INTO holds VALUES (?, ?)", WORKSPACE, held.digest());
            });
            tracking.change(tx -> tx.update("INSERT INTO logged VALUES (?, ?)", WORKSPACE, logged.digest()));
            var sweep = new ContentSweep(main, List.of(tracking), files, clock);
            assertThat(sweep.sweep(GRACE)).isEqualTo(new SweepReport(0, 0, 0, 0));

            clock.advance(GRACE.plusSeconds(1));
            var asked = main.write(tx -> contents.missing(
                    tx, OTHER, List.of(logged.digest(), lost.files().getFirst().digest()), clock.instant()));
            assertThat(asked).containsExactly(logged.digest());
            assertThat(sweep.inspect(GRACE).trees()).isEqualTo(2);
            // The other workspace has just been told that it has the content, so its bytes stay.
            assertThat(sweep.sweep(GRACE)).isEqualTo(new SweepReport(2, 1, 1, 11));
            assertThat(files.contains(logged.digest())).isTrue();
            assertThat((Object) main.read(tx -> contents.artifact(tx, WORKSPACE, held.digest())))
                    .isEqualTo(Optional.of(held));
            assertThat((Object) main.read(tx -> contents.artifact(tx, WORKSPACE, lost.digest())))
                    .isEqualTo(Optional.empty());

            clock.advance(GRACE.plusSeconds(1));
            assertThat(sweep.sweep(GRACE)).isEqualTo(new SweepReport(0, 1, 1, 4));
            assertThat(files.contains(held.files().getFirst().digest())).isTrue();
            assertThat(files.contains(lost.files().getFirst().digest())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFilesOfAYoungArtifactWhoseTreeAnOldOneOfAnotherTypeHas(DatabaseKind kind) throws Exception {
        var files = new FileArtifactStore(folder.resolve("artifacts"), clock);
        files.start(Instant.MAX);
        try (var main = kind.open(folder, MigrationChain.MAIN)) {
            var old = artifact(files, "both");
            var young = new Artifact(ArtifactType.TABLE, old.files(), old.summary());
            main.change(tx -> contents.save(tx, WORKSPACE, old, clock.instant()));
            clock.advance(GRACE.plusSeconds(1));
            main.change(tx -> contents.save(tx, WORKSPACE, young, clock.instant()));
            assertThat(new ContentSweep(main, List.of(), files, clock).sweep(GRACE))
                    .isEqualTo(new SweepReport(1, 0, 0, 0));
            assertThat((Object) main.read(tx -> contents.artifact(tx, WORKSPACE, young.digest())))
                    .isEqualTo(Optional.of(young));
        }
    }

    private static ArtifactFile file(FileArtifactStore files, String words) throws IOException {
        var stored = files.put(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
        return new ArtifactFile("file", stored.digest(), stored.size());
    }

    private static Stored stored(ArtifactFile file) {
        return new Stored(file.digest(), file.size());
    }

    private static Artifact artifact(FileArtifactStore files, String words) throws IOException {
        return new Artifact(
                ArtifactType.DATASET,
                List.of(file(files, words)),
                Value.Fields.EMPTY
                        .with("rows", Value.of(words.length()))
                        .with("digest", Value.of(Digest.ofText(words).hex())));
    }
}
