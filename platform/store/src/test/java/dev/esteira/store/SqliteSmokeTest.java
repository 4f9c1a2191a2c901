package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSmokeTest {

    @TempDir
    private Path folder;

    @Test
    void startsTwice() {
        for (var round = 0; round < 2; round++) {
            try (var database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN)) {
                database.start();
                int n = round;
                database.change(tx -> tx.update("INSERT INTO blob_root VALUES (?, ?, ?)", "t" + n, "c", "blob"));
                assertThat((long) database.read(tx -> tx.whole("SELECT count(*) FROM blob_root")))
                        .isEqualTo(round + 1);
            }
        }
    }
}
