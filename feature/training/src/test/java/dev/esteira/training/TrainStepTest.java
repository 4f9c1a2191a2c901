package dev.esteira.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.matrix.Matrix;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.NotedProblems;
import dev.esteira.testing.SequentialIds;
import dev.esteira.tracking.RunStatus;
import dev.esteira.tracking.TrackingModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step around the process that learns; what the process leaves is written by hand here. */
class TrainStepTest {

    private static final String TRAINER =
            "trainer: {name: xgboost, task: binary, params: {eta: 0.3}, rounds: 3, earlyStopping: {metric: logloss, rounds: 2}}";
    private static final String ROWS = "SELECT i AS k, i * 0.5 AS x, i %% 2 AS y FROM range(%d, %d) t(i)";

    @TempDir
    Path folder;

    private final DataEngine engine = new DataEngine(256L << 20);
    private final ManualClock clock = new ManualClock();
    private Database main;
    private Database runs;
    private TrackingModule tracking;
    private TrainKind kind;

    @BeforeEach
    void start() throws Exception {
        var store = new FileArtifactStore(folder.resolve("store"), clock);
        store.start(clock.instant());
        main = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
        main.start();
        runs = Database.sqlite(folder.resolve("tracking.db"), MigrationChain.TRACKING);
        runs.start();
        tracking = new TrackingModule(runs, main, store, clock, new SequentialIds(), List.of());
        tracking.start();
        kind = new TrainKind(
                engine,
                new ChildJvm(Path.of("java"), List.of(Path.of("a.jar")), List.of()),
                tracking.tracking(),
                clock);
    }

    @AfterEach
    void stop() {
        runs.close();
        main.close();
    }

    @Test
    void theProcessGetsMatricesAndAJobThatSaysEverything() throws Exception {
        var attempt = attempt(ROWS.formatted(0, 10), ROWS.formatted(10, 14));

        var launch = body().prepare(attempt);

        var job = Json.parseFields(Files.readString(attempt.directory().resolve("job.json")));
        assertThat(launch.command()).endsWith("dev.esteira.trainer.TrainerMain", "train", "job.json");
        assertThat(job.items("features")).containsExactly(Value.of("x"));
        assertThat(job.fields("params"))
                .isEqualTo(
                        Json.parse("{\"objective\": \"binary:logistic\", \"eta\": 0.3, \"seed\": 7, \"nthread\": 2}"));
        assertThat(job.fields("earlyStopping"))
                .isEqualTo(Json.parse("{\"metric\": \"logloss\", \"rounds\": 2, \"maximise\": false}"));
        assertThat(Matrix.read(attempt.directory().resolve("train.label")).cells())
                .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        assertThat(Matrix.read(attempt.directory().resolve("validation.features"))
                        .cells())
                .containsExactly(5, 5.5f, 6, 6.5f);
    }

    @Test
    void aRunIsTrackedWhileItLearns() throws Exception {
        var attempt = attempt(ROWS.formatted(0, 10), ROWS.formatted(10, 14));
        body().prepare(attempt);
        body().observe(attempt, progress(1, 0.5));
        body().observe(attempt, progress(2, 0.4));
        leave(attempt);
        body().collect(attempt);

        var run = tracking.tracking().run(WorkspaceName.DEFAULT, attempt.notes().get("trackedRun"));
        assertThat(run.info().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(tracking.tracking()
                        .history(WorkspaceName.DEFAULT, run.info().runId(), "validation-logloss", Optional.empty(), 10))
                .extracting(metric -> metric.value())
                .containsExactly(0.5, 0.4);
        assertThat(run.params()).extracting(param -> param.key()).contains("eta", "rounds", "seed", "objective");
        assertThat(attempt.told())
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.field("at")).isEmpty());
    }

    @Test
    void twoAttemptsThatLearntTheSameGiveTheSameModel() throws Exception {
        var first = learn(attempt(ROWS.formatted(0, 10), ROWS.formatted(10, 14)).threads(1));
        clock.advance(java.time.Duration.ofDays(1));
        var second =
                learn(attempt(ROWS.formatted(0, 10), ROWS.formatted(10, 14)).threads(4));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(first.summary().whole("bestRound")).contains(2L);
        assertThat(first.summary().fields("score").number("validation-logloss")).contains(0.4);
    }

    @Test
    void anotherTrainingSetGivesAnotherModelEvenWithTheSameTrees() throws Exception {
        var first = learn(attempt(ROWS.formatted(0, 10), ROWS.formatted(10, 14)));
        var second = learn(attempt(ROWS.formatted(0, 12), ROWS.formatted(12, 16)));

        assertThat(second.digest()).isNotEqualTo(first.digest());
    }

    @Test
    void rowsThatCannotBeLearntFromStopTheStepBeforeAnyProcess() throws Exception {
        var one = attempt("SELECT i AS k, i * 0.5 AS x, 1 AS y FROM range(5) t(i)", ROWS.formatted(10, 14));
        var other = attempt(ROWS.formatted(0, 10), "SELECT i AS k, i * 0.5 AS z, i % 2 AS y FROM range(10, 14) t(i)");

        assertThatThrownBy(() -> body().prepare(one))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.SINGLE_CLASS_LABEL));
        assertThatThrownBy(() -> body().prepare(other))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.VALIDATION_UNFIT));
        assertThat(one.notes()).doesNotContainKey("trackedRun");
    }

    @Test
    void inputsThatTheKindDoesNotKnowAreNamed() {
        var problems = new NotedProblems().input("validaton", Outline.of(ArtifactType.DATASET));
        kind.check(new StepSpec("step", yaml(TRAINER), Value.Fields.EMPTY), problems);

        assertThat(problems.found())
                .containsExactly(
                        "MISSING_INPUT The step has no input 'train'. Add the training rows to 'inputs'.",
                        "/inputs/validaton MISSING_INPUT The step does not know what to do with the Dataset 'validaton'."
                                + " It takes the data sets 'train' and 'validation'.",
                        "/trainer/earlyStopping NO_VALIDATION_PART Early stopping needs an input 'validation', and the"
                                + " step has none. Add the validation part to 'inputs', or leave early stopping out.");
    }

    private Artifact learn(FolderAttempt attempt) throws Exception {
        body().prepare(attempt);
        leave(attempt);
        return ((StepResult.Succeeded) body().collect(attempt)).outputs().get("model");
    }

    /** What the process leaves when it ends well. */
    private static void leave(FolderAttempt attempt) throws Exception {
        Files.writeString(attempt.directory().resolve("model.ubj"), "the trees");
        Files.writeString(attempt.directory().resolve("metrics.json"), """
                {"formatVersion": 1, "rounds": 3, "bestRound": 2, "series": {"train-logloss": [0.4, 0.3, 0.2],
                 "validation-logloss": [0.5, 0.4, 0.45], "validation-auc": [0.7, 0.8, 0.8]}}""");
    }

    private static String progress(int round, double score) {
        return "{\"round\": " + round + ", \"at\": 1, \"total\": 3, \"metrics\": {\"validation-logloss\": " + score
                + "}}";
    }

    private Execution.ChildBody body() {
        return ((Execution.Child) kind.execution(new StepSpec("step", yaml(TRAINER), Value.Fields.EMPTY))).body();
    }

    private FolderAttempt attempt(String train, String validation) throws Exception {
        var attempt = new FolderAttempt(folder, yaml(TRAINER), Value.Fields.EMPTY);
        attempt.input("train", publish(attempt, "train", train));
        attempt.input("validation", publish(attempt, "validation", validation));
        return attempt;
    }

    private Artifact publish(FolderAttempt attempt, String name, String query) throws Exception {
        try (var session = engine.open(attempt.directory().resolve("made" + name), 1, List.of())) {
            return new DatasetWriter(session)
                    .publish(
                            attempt,
                            name,
                            query,
                            List.of(),
                            new DatasetOptions(Map.of("k", Role.ID, "y", Role.LABEL), List.of()));
        }
    }

    private static Value.Fields yaml(String text) {
        return Yaml.read("step", text).orThrow().value().asFields().orElseThrow();
    }
}
