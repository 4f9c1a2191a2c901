package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path folder;

    private DataDirectory directory;

    @BeforeEach
    void name() {
        directory = new DataDirectory(folder.resolve("data"));
    }

    @Test
    void isHeldByOneAndSaysByWhom() {
        assertThat(directory.holder()).isEmpty();
        directory.hold(ManualClock.START);
        directory.announce(URI.create("http://127.0.0.1:5000"));
        var second = new DataDirectory(folder.resolve("data"));
        assertThatThrownBy(() -> second.hold(ManualClock.START))
                .isInstanceOfSatisfying(EsteiraException.class, error -> {
                    assertThat(error.code()).isEqualTo(StoreErrorCode.DATA_DIRECTORY_IN_USE);
                    assertThat(error.explanation())
                            .contains("process " + ProcessHandle.current().pid())
                            .contains("2026-01-05T08:00:00Z")
                            .contains("http://127.0.0.1:5000");
                });
        assertThat(second.holder())
                .hasValueSatisfying(
                        holder -> assertThat(holder.address()).hasValue(URI.create("http://127.0.0.1:5000")));
        directory.close();
        assertThat(second.holder()).isEmpty();
        second.hold(ManualClock.START);
        second.close();
    }

    @Test
    void isKeptToItsOwner() throws IOException {
        directory.hold(ManualClock.START);
        directory.token(new Random(1));
        assertThat(permissions("")).isEqualTo("rwx------");
        for (var file : new String[] {"lock", "holder", "token"}) {
            assertThat(permissions(file)).as(file).isEqualTo("rw-------");
        }
        directory.close();
    }

    @Test
    void keepsItsPortAndToken() {
        directory.hold(ManualClock.START);
        assertThat(directory.port()).isEmpty();
        directory.fixPort(5123);
        var token = directory.token(new Random(1));
        assertThat(token).hasSize(43);
        directory.close();
        var again = new DataDirectory(folder.resolve("data"));
        assertThat(again.port()).hasValue(5123);
        assertThat(again.token()).hasValue(token);
        assertThat(again.token(new Random(2))).isEqualTo(token);
    }

    @Test
    void aHolderThatIsGoneHoldsNothing() throws IOException {
        directory.hold(ManualClock.START);
        directory.close();
        Files.writeString(folder.resolve("data/holder"), "4194000\n1970-01-01T00:00:00Z\n2026-01-01T00:00:00Z\n\n");
        assertThat(directory.holder()).isEmpty();
        Files.writeString(folder.resolve("data/holder"), "made by hand");
        assertThat(directory.holder()).isEmpty();
        directory.hold(ManualClock.START);
        directory.close();
    }

    @Test
    void saysThatItCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        assertThatThrownBy(() -> directory.hold(ManualClock.START))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(StoreErrorCode.DATA_DIRECTORY_UNUSABLE));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("data").resolve(file)));
    }
}
