package dev.esteira.training;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import dev.esteira.tracking.TrackingModule;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** {@link TrainKind} with {@link TrainStep} and the real trainer. */
class TrainContractTest extends StepKindContract {

    private static final DataEngine ENGINE = new DataEngine(256L << 20);
    private static final String ROWS = """
            SELECT i AS k, (i * 37 %% 101) * 0.5 AS x, i %% 13 AS z, (i * 37 %% 101) > 50 AND i %% 5 <> 0 AS y
            FROM range(%d, %d) t(i)""";

    private final ManualClock clock = new ManualClock();
    private Database main;
    private Database runs;
    private TrackingModule tracking;

    @AfterEach
    void stop() {
        runs.close();
        main.close();
    }

    @Override
    protected StepKind kind() throws Exception {
        if (tracking == null) {
            var store = new FileArtifactStore(folder.resolve("store"), clock);
            store.start(clock.instant());
            main = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
            main.start();
            runs = Database.sqlite(folder.resolve("tracking.db"), MigrationChain.TRACKING);
            runs.start();
            tracking = new TrackingModule(runs, main, store, clock, new SequentialIds(), List.of());
            tracking.start();
        }
        return new TrainKind(ENGINE, jvm(), tracking.tracking(), clock);
    }

    @Override
    protected StepSample sample() throws Exception {
        var fields = Json.parseFields("""
                {"trainer": {"name": "xgboost", "task": "binary", "params": {"eta": 0.3, "max_depth": 3}, "rounds": 8,
                             "earlyStopping": {"metric": "logloss", "rounds": 3}}}""");
        return StepSample.of(
                fields,
                folder,
                Map.of("train", data(ROWS.formatted(0, 400)), "validation", data(ROWS.formatted(400, 500))));
    }

    private Artifact data(String query) throws Exception {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        try (var session = ENGINE.open(attempt.directory(), 1, List.of())) {
            return new DatasetWriter(session)
                    .publish(
                            attempt,
                            "data",
                            query,
                            List.of(),
                            new DatasetOptions(Map.of("k", Role.ID, "y", Role.LABEL), List.of()));
        }
    }

    private static ChildJvm jvm() {
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, List.of());
    }
}
