package dev.esteira.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.matrix.Matrix;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.NotedProblems;
import dev.esteira.training.ModelDirectory;
import dev.esteira.training.ModelDocument;
import dev.esteira.training.Task;
import dev.esteira.transform.Node;
import dev.esteira.transform.Transform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step around the process that predicts; the scores that the process leaves are written by hand here. */
class EvaluateStepTest {

    private static final String ROWS =
            "SELECT i AS k, i * 0.5::DOUBLE AS x, i % 2 AS late, CASE WHEN i % 3 = 0 THEN 'EWR' ELSE 'JFK' END AS origin FROM range(20) t(i)";

    @TempDir
    Path folder;

    private final DataEngine engine = new DataEngine(256L << 20);
    private Optional<Artifact> champion = Optional.empty();
    private final EvaluateKind kind = new EvaluateKind(
            engine, new ChildJvm(Path.of("java"), List.of(Path.of("a.jar")), List.of()), new Baselines() {
                @Override
                public Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias) {
                    return champion;
                }

                @Override
                public Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest) {
                    return champion.filter(version -> version.digest().equals(digest));
                }
            });

    @Test
    void eachModelGetsTheRowsThroughItsOwnTransform() throws Exception {
        var attempt = attempt("baseline: {model: delay, alias: champion}");
        champion = Optional.of(version(attempt, clipped("z", 2)));
        attempt.resolved(kind.resolve(attempt));

        body(attempt).prepare(attempt);

        assertThat(Matrix.read(attempt.directory().resolve("model.features")).cells())
                .startsWith(0, 0.5f, 1);
        assertThat(Matrix.read(attempt.directory().resolve("baseline.features")).cells())
                .startsWith(2, 2, 2, 2, 2, 2.5f);
    }

    @Test
    void theReportAndThePredictionsAreMadeOfTheScores() throws Exception {
        var attempt = attempt("slices: [origin]");
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);

        var outputs = ((StepResult.Succeeded) body(attempt).collect(attempt)).outputs();

        var report = Json.parseFields(attempt.text(outputs.get("report"), "report.json"))
                .fields("report");
        assertThat(report.number("roc_auc")).contains(1.0);
        assertThat(report.items("slices")).hasSize(2);
        assertThat(outputs.get("predictions").summary().whole("rows")).contains(20L);
        assertThat(outputs.get("report").summary().whole("slices")).contains(2L);
    }

    @Test
    void aColumnThatIsItselfCalledScoreStandsBesideThePredictedOne() throws Exception {
        var attempt = attempt("slices: [origin]");
        attempt.input(
                "data",
                data(
                        attempt,
                        "SELECT k AS score, x, origin, late FROM (" + ROWS + ")",
                        Map.of("score", Role.ID, "late", Role.LABEL),
                        List.of("score")));
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);

        var outputs = ((StepResult.Succeeded) body(attempt).collect(attempt)).outputs();

        var table = outputs.get("predictions");
        var file = attempt.local(table.file("data.parquet").orElseThrow());
        try (var session = engine.open(Files.createTempDirectory(folder, "looked"), 1, List.of(file))) {
            assertThat(session.describe(
                            "SELECT * FROM read_parquet(" + DataEngine.literal(file.toString()) + ")", List.of()))
                    .extracting(DataSession.EngineColumn::name)
                    .containsExactly("score", "late", "predicted_score");
        }
    }

    @Test
    void withoutAChampionNothingIsCompared() throws Exception {
        var attempt = attempt("baseline: {model: delay, alias: champion}");

        assertThat(kind.resolve(attempt).entries()).isEmpty();
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);
        var report = ((StepResult.Succeeded) body(attempt).collect(attempt))
                .outputs()
                .get("report");
        assertThat(Json.parseFields(attempt.text(report, "report.json"))
                        .fields("report")
                        .field("baseline"))
                .isEmpty();
    }

    @Test
    void aChampionIsMeasuredOnTheSameRows() throws Exception {
        var attempt = attempt("baseline: {model: delay, alias: champion}");
        champion = Optional.of(version(attempt, clipped("z", 2)));
        attempt.resolved(kind.resolve(attempt));
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);
        scores("baseline", attempt, 0.9);

        var report = ((StepResult.Succeeded) body(attempt).collect(attempt))
                .outputs()
                .get("report");

        var baseline = Json.parseFields(attempt.text(report, "report.json"))
                .fields("report")
                .fields("baseline");
        assertThat(baseline.number("roc_auc")).contains(0.0);
        assertThat(baseline.text("digest"))
                .contains(champion.orElseThrow().digest().toString());
        assertThat(baseline.fields("difference").fields("roc_auc").number("low"))
                .contains(1.0);
    }

    @Test
    void aChampionThatIsGoneIsSaid() throws Exception {
        var attempt = attempt("baseline: {model: delay, alias: champion}");
        champion = Optional.of(version(attempt, clipped("z", 2)));
        attempt.resolved(kind.resolve(attempt));
        champion = Optional.empty();

        assertThatThrownBy(() -> body(attempt).prepare(attempt))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(EvaluationErrorCode.EVALUATION_INPUT_MISSING))
                .hasMessageContaining("to compare with is gone");
    }

    @Test
    void aTransformOfAnotherModelIsRefusedByTheColumn() throws Exception {
        var attempt = attempt("slices: []");
        attempt.input("transform", transform(attempt, clipped("y", 2)));

        assertThatThrownBy(() -> body(attempt).prepare(attempt))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(EvaluationErrorCode.EVALUATION_FEATURES_UNFIT))
                .hasMessageContaining("The model takes the column 'z', which its transform does not make.");
    }

    @Test
    void rowsWithoutTheLabelAreRefusedWithTheNearestName() throws Exception {
        var attempt = attempt("slices: []");
        attempt.input(
                "data",
                data(attempt, "SELECT i AS k, i * 0.5::DOUBLE AS x, i % 2 AS lat FROM range(20) t(i)", Map.of()));
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);

        assertThatThrownBy(() -> body(attempt).collect(attempt))
                .isInstanceOfSatisfying(EsteiraException.class, error -> {
                    assertThat(error.code()).isEqualTo(EvaluationErrorCode.EVALUATION_COLUMN_UNKNOWN);
                    assertThat(error.remedy()).contains("Did you mean 'lat'?");
                })
                .hasMessageContaining("The rows have no column 'late'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics: [roc_acu] | /metrics/0 EVALUATION_METRIC_UNKNOWN There is no metric roc_acu. Did you mean roc_auc?",
                "metrics: [f_beta] | /metrics/0 METRIC_ARGUMENT_UNFIT The metric f_beta needs its argument 'beta'.",
                "metrics: [{f_beta: {beta: -1}}] | /metrics/0 METRIC_ARGUMENT_UNFIT The argument 'beta' of the metric f_beta is -1.",
                "metrics: [roc_auc, {f_beta: {beta: 1}, lift: {share: 1}}] | /metrics/1 EVALUATION_METRIC_UNKNOWN An item of 'metrics' names 2 metrics.",
                "slices: [origin, carier] | /slices/1 EVALUATION_COLUMN_UNKNOWN There is no column 'carier' to slice by. Did you mean 'carrier'?",
                "slices: [{distance: [5, 1]}] | /slices/0 SLICES_INVALID The edges [5.0, 1.0] are not finite and ascending.",
                "slices: [{origin: [5]}] | /slices/0 EVALUATION_COLUMN_UNFIT The column 'origin' is a string, which has no edges.",
                "slices: [day] | /slices/0 EVALUATION_COLUMN_UNFIT The column 'day' is a date, which gives no slices.",
                "metrics: [roc_acu], slices: [day] | /metrics/0 EVALUATION_METRIC_UNKNOWN",
            })
    void whatCannotBeMeasuredIsRefusedAtItsPlace(String fields, String problem) {
        var problems = new NotedProblems()
                .input(
                        "data",
                        Outline.dataset(new Schema(List.of(
                                column("origin", LogicalType.STRING),
                                column("carrier", LogicalType.STRING),
                                column("distance", LogicalType.INTEGER),
                                column("day", LogicalType.DATE)))))
                .input("model", Outline.of(ArtifactType.MODEL))
                .input("transform", Outline.of(ArtifactType.TRANSFORM));
        kind.check(new StepSpec("evaluate", yaml(fields), Value.Fields.EMPTY), problems);

        assertThat(problems.found().getFirst()).startsWith(problem);
    }

    @Test
    void aMetricOfAnotherTaskIsRefusedWithThoseOfTheTask() throws Exception {
        var attempt = attempt("metrics: [rmse]");
        body(attempt).prepare(attempt);
        scores("model", attempt, 0.1);

        assertThatThrownBy(() -> body(attempt).collect(attempt))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.remedy().orElse("")).contains("The task has roc_auc,"))
                .hasMessageContaining("The metric rmse does not belong to the model's task.");
    }

    private static Column column(String name, LogicalType type) {
        return new Column(name, type, false, Optional.empty());
    }

    private Execution.ChildBody body(FolderAttempt attempt) {
        return ((Execution.Child) kind.execution(attempt.spec())).body();
    }

    /** Scores that rank the late rows first, or last when the base is high. */
    private static void scores(String model, FolderAttempt attempt, double base) throws Exception {
        var scores = new double[20];
        for (var row = 0; row < scores.length; row++) {
            scores[row] = row % 2 == 1 ? 1 - base : base;
        }
        Matrix.ofColumns(20, List.of(scores)).write(attempt.directory().resolve(model + ".scores"));
    }

    private FolderAttempt attempt(String fields) throws Exception {
        var attempt = new FolderAttempt(folder, yaml(fields + ", intervals: {rounds: 50}"), Value.Fields.EMPTY);
        var trees = new LinkedHashMap<String, Path>(modelFiles(attempt));
        return attempt.input("data", data(attempt, ROWS, Map.of("k", Role.ID, "late", Role.LABEL)))
                .input("model", attempt.publish(ArtifactType.MODEL, trees, Value.Fields.EMPTY))
                .input("transform", transform(attempt, clipped("z", 0)));
    }

    private static Map<String, Path> modelFiles(FolderAttempt attempt) throws Exception {
        var place = Files.createTempDirectory(attempt.directory(), "model");
        Files.writeString(place.resolve(ModelDirectory.MODEL), "trees");
        var document = new ModelDocument(
                "xgboost",
                "3.4.0",
                Task.BINARY,
                "late",
                List.of("z"),
                Value.Fields.EMPTY,
                1,
                1,
                0.5,
                Value.Fields.EMPTY);
        return ModelDirectory.write(place, document, List.of(new double[] {1}));
    }

    private Artifact data(FolderAttempt attempt, String query, Map<String, Role> roles) throws Exception {
        return data(attempt, query, roles, List.of("k"));
    }

    private Artifact data(FolderAttempt attempt, String query, Map<String, Role> roles, List<String> order)
            throws Exception {
        try (var session = engine.open(Files.createTempDirectory(attempt.directory(), "made"), 1, List.of())) {
            return new DatasetWriter(session)
                    .publish(attempt, "data", query, List.of(), new DatasetOptions(roles, order));
        }
    }

    private static Transform clipped(String output, double least) {
        var outputs = new LinkedHashMap<String, Node>();
        outputs.put(output, new Node.Clip(new Node.Column("x", Node.Kind.NUMBER), least, 100));
        return new Transform(List.of(column("x", LogicalType.NUMBER)), outputs, new LinkedHashMap<>());
    }

    private static Artifact transform(FolderAttempt attempt, Transform transform) throws Exception {
        return attempt.publish(ArtifactType.TRANSFORM, transformFiles(attempt, transform), Value.Fields.EMPTY);
    }

    private static Map<String, Path> transformFiles(FolderAttempt attempt, Transform transform) throws Exception {
        var file = Files.createTempFile(attempt.directory(), "transform", ".json");
        Files.write(file, CanonicalJson.bytes(transform.toValue()));
        return Map.of(Transform.FILE, file);
    }

    private static Artifact version(FolderAttempt attempt, Transform transform) throws Exception {
        var files = new ArrayList<ArtifactFile>();
        var model = attempt.publish(ArtifactType.MODEL, modelFiles(attempt), Value.Fields.EMPTY);
        model.files().forEach(file -> files.add(new ArtifactFile("model/" + file.path(), file.digest(), file.size())));
        transform(attempt, transform)
                .files()
                .forEach(file -> files.add(new ArtifactFile("transform/" + file.path(), file.digest(), file.size())));
        return new Artifact(ArtifactType.MODEL_VERSION, files, Value.Fields.EMPTY);
    }

    private static Value.Fields yaml(String fields) {
        return Yaml.read("step", "{" + fields + "}")
                .orThrow()
                .value()
                .asFields()
                .orElseThrow();
    }
}
