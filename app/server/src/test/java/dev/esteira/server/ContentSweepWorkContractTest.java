package dev.esteira.server;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.ContentStore;
import dev.esteira.store.ContentSweep;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.work.WorkKind;
import dev.esteira.work.WorkKindContract;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ContentSweepWorkContractTest extends WorkKindContract {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private Database database = Database.sqlite(Path.of("unused"), MigrationChain.MAIN);

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
        database.start();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected WorkKind kind() throws Exception {
        var files = new FileArtifactStore(folder.resolve("artifacts"), clock);
        files.start(clock.instant());
        var stored = files.put(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        database.change(tx -> new ContentStore().note(tx, WorkspaceName.DEFAULT, stored, clock.instant()));
        clock.advance(Duration.ofDays(2));
        var sweep = new ContentSweep(database, List.of(), files, clock);
        return new ContentSweepWork(sweep, clock, Duration.ofHours(6), Duration.ofDays(1));
    }

    @Override
    protected String payload() {
        return "";
    }

    @Override
    protected Object effect() throws Exception {
        try (var files = Files.walk(folder.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
