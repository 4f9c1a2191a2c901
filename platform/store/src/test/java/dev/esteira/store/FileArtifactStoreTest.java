package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.testing.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest {

    private static final byte[] WORDS = "some words".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(WORDS);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private FileArtifactStore store;

    @BeforeEach
    void start() {
        store = new FileArtifactStore(folder.resolve("artifacts"), clock);
        store.start(Instant.MAX);
    }

    private static InputStream words() {
        return new ByteArrayInputStream(WORDS);
    }

    @Test
    void keepsAContentThatNobodyMayChange() throws IOException {
        store.put(words());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.local(DIGEST))))
                .isEqualTo("r--------");
        assertThat(parts()).isEmpty();
    }

    @Test
    void adoptsAFileOfAnotherDiskByCopyingIt() throws IOException {
        var elsewhere = Files.createTempFile(Path.of("/dev/shm"), "esteira", "");
        try {
            Files.write(elsewhere, WORDS);
            assertThat(store.adopt(elsewhere).digest()).isEqualTo(DIGEST);
            assertThat(elsewhere).doesNotExist();
        } finally {
            Files.deleteIfExists(elsewhere);
        }
    }

    @Test
    void showsNothingOfAContentThatCouldNotBeRead() {
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[300_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("torn");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("torn");
            }
        });
        assertThatThrownBy(() -> store.put(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("torn");
        assertThat(parts()).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void leavesNothingHalfWrittenOnAFullDisk() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        try {
            var small = new FileArtifactStore(disk.resolve("artifacts"), clock);
            small.start(Instant.MAX);
            small.put(words());
            assertThatThrownBy(() -> small.put(new ByteArrayInputStream(new byte[3 << 20])))
                    .isInstanceOfSatisfying(EsteiraException.class, error -> {
                        assertThat(error.code()).isEqualTo(StoreErrorCode.DISK_FULL);
                        assertThat(error.remedy()).isPresent();
                    });
            try (var parts = Files.list(disk.resolve("artifacts/parts"))) {
                assertThat(parts).isEmpty();
            }
            small.put(new ByteArrayInputStream(new byte[300 << 10]));
            fillsNoDatabaseHalf(disk.resolve("probe.db"));
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static void fillsNoDatabaseHalf(Path file) {
        try (var database = Database.sqlite(file, Probes.CHAIN)) {
            database.start();
            assertThatThrownBy(() -> database.change(tx -> tx.update(
                            "INSERT INTO probe (workspace, id, bytes) VALUES ('default', 1, ?)", new byte[3 << 20])))
                    .isInstanceOfSatisfying(
                            EsteiraException.class,
                            error -> assertThat(error.code()).isEqualTo(StoreErrorCode.DISK_FULL));
            assertThat(Probes.count(database)).isZero();
            database.write(Probes.insert(2));
            assertThat(Probes.count(database)).isEqualTo(1);
        }
    }

    @Test
    void sweepsWhatACrashLeft() throws IOException {
        var part = Files.write(folder.resolve("artifacts/parts/1.part"), WORDS);
        store.start(clock.instant().minus(Duration.ofDays(36_500)));
        assertThat(part).exists();
        store.start(Instant.MAX);
        assertThat(part).doesNotExist();
    }

    @Test
    void noticesADamagedContent() throws IOException {
        store.put(words());
        store.verify(DIGEST);
        var file = store.local(DIGEST);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "same words");
        assertThatThrownBy(() -> store.verify(DIGEST))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(StoreErrorCode.BLOB_DAMAGED));
    }

    private List<Path> parts() {
        try (var parts = Files.list(folder.resolve("artifacts/parts"))) {
            return parts.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<Digest, Instant> all() {
        var all = new HashMap<Digest, Instant>();
        try {
            store.forEach(all::put);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
