package dev.esteira.tracking;

import dev.esteira.store.DatabaseKind;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import java.nio.file.Path;
import java.util.List;

/** What a test does with a tracking module that is open for that long, on new databases. */
@FunctionalInterface
interface OpenTracking {

    void with(TrackingModule module) throws Exception;

    static void on(DatabaseKind kind, Path folder, ManualClock clock, OpenTracking body) throws Exception {
        var contents = new FileArtifactStore(folder.resolve("artifacts"), clock);
        contents.start(clock.instant());
        try (var database = kind.open(folder, MigrationChain.TRACKING);
                var main = kind.open(folder, MigrationChain.MAIN)) {
            var module = new TrackingModule(database, main, contents, clock, new SequentialIds(), List.of());
            module.start();
            body.with(module);
        }
    }
}
