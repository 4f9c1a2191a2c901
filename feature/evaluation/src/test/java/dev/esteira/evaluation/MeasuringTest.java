package dev.esteira.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.dataset.DataColumns;
import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import dev.esteira.training.ModelDocument;
import dev.esteira.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of an evaluation; the expected figures are scikit-learn's, see {@code src/test/golden/make_golden.py}. */
class MeasuringTest {

    private static final String SPEC = "slices: [carrier, {distance: [500, 1000]}], intervals: {rounds: 200}";
    private static final String ROWS = """
            SELECT i, score, carrier, distance, weight, target, carrier != 'OO' AND 0.6 * score + 0.4 * noise > 0.55 AS late
            FROM (SELECT i, (i * 37 % 101) / 101.0::DOUBLE AS score, (i * 71 % 89) / 89.0::DOUBLE AS noise,
                10 * (i * 37 % 101) / 101.0::DOUBLE + 5 * (i * 71 % 89) / 89.0::DOUBLE AS target,
                CASE WHEN i < 6 THEN 'OO' WHEN i % 2 = 0 THEN 'AA' ELSE 'B6' END AS carrier,
                i * 53 % 2500 AS distance, 0.5 + i % 4 AS weight FROM range(400) t(i))""";

    @TempDir
    Path folder;

    private DataSession session;
    private int written;

    @BeforeEach
    void open() throws Exception {
        session = new DataEngine(256L << 20).open(folder, 1, List.of());
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void metricsWithArgumentsAndDecisionsByThresholdStandInTheReport() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var spec = "metrics: [recall, {f_beta: {beta: 0.5}}, {cost: {falsePositive: 1, falseNegative: 4}}],"
                + " intervals: {rounds: 200}";

        var report = report(rows, spec, Task.BINARY, scores(rows, 1), 1);

        var decided = report.items("thresholds").stream()
                .map(item -> item.asFields().orElseThrow())
                .toList();
        assertThat(decided)
                .hasSize(19)
                .allSatisfy(at -> assertThat(at.number("truePositives").orElseThrow()
                                + at.number("falsePositives").orElseThrow()
                                + at.number("trueNegatives").orElseThrow()
                                + at.number("falseNegatives").orElseThrow())
                        .isEqualTo(400));
        var half = decided.get(9);
        assertThat(half.number("threshold")).contains(0.5);
        var missed = half.number("falseNegatives").orElseThrow();
        var wrong = half.number("falsePositives").orElseThrow();
        var right = half.number("truePositives").orElseThrow();
        assertThat(report.number("recall")).contains(right / (right + missed));
        assertThat(report.number("cost_1_4")).contains((wrong + 4 * missed) / 400);
        assertThat(report.number("f_beta_0_5").orElseThrow())
                .isCloseTo(1.25 * right / (1.25 * right + 0.25 * missed + wrong), within(1e-12));
        assertThat(report.fields("interval").fields("f_beta_0_5").number("low")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "weighted", "regression"})
    void everyFigureIsThatOfScikitLearn(String name) throws Exception {
        var regression = name.equals("regression");
        var roles = new HashMap<>(Map.of("i", Role.ID, regression ? "target" : "late", Role.LABEL));
        if (name.equals("weighted")) {
            roles.put("weight", Role.WEIGHT);
        }
        var rows = rows(ROWS, roles);
        var scores = scores(rows, regression ? 12 : 1);
        var report = report(rows, SPEC, regression ? Task.REGRESSION : Task.BINARY, scores, 1);
        var golden = golden().fields(name);

        same(report, golden.fields("whole"), "the whole");
        same(report.fields("constant"), golden.fields("constant"), "the constant");
        assertThat(report.whole("rows")).contains(400L);
        assertThat(report.text("weightedBy"))
                .isEqualTo(name.equals("weighted") ? Optional.of("weight") : Optional.empty());
        var slices = report.items("slices");
        assertThat(slices).hasSize(6);
        for (var index = 0; index < 6; index++) {
            var slice = slices.get(index).asFields().orElseThrow();
            var expected = golden.items("slices").get(index).asFields().orElseThrow();
            assertThat(slice.text("value")).isEqualTo(expected.text("value"));
            assertThat(slice.whole("rows")).isEqualTo(expected.whole("rows"));
            same(slice, expected.fields("metrics"), "the slice " + slice.text("value"));
        }
    }

    @Test
    void aFigureThatASliceCannotHaveIsLeftOutAndTheReasonNamesTheSlice() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var document = measuring(rows, SPEC, 1)
                .report(model(Task.BINARY, "late"), scores(rows, 1), Optional.empty())
                .toValue();

        var small = document.fields("report").items("slices").get(2).asFields().orElseThrow();
        assertThat(small.field("roc_auc")).isEmpty();
        assertThat(small.number("brier")).isPresent();
        assertThat(document.fields("undefined").entries())
                .containsEntry("/report/slices/2/roc_auc", Value.of("the slice carrier = OO: no positive rows"));
    }

    @Test
    void rowsOfOneClassHaveNoFigureNoIntervalAndTheReasonOfBoth() throws Exception {
        var rows =
                rows("SELECT i, 0.5::DOUBLE AS score, false AS late FROM range(20) t(i)", Map.of("late", Role.LABEL));
        var document = measuring(rows, "intervals: {rounds: 20}", 1)
                .report(model(Task.BINARY, "late"), scores(rows, 1), Optional.empty())
                .toValue();

        assertThat(document.fields("report").field("roc_auc")).isEmpty();
        assertThat(document.fields("report").fields("interval").field("roc_auc"))
                .isEmpty();
        assertThat(document.fields("undefined").entries())
                .containsEntry("/report/roc_auc", Value.of("the rows: no positive rows"))
                .containsEntry("/report/interval/roc_auc", Value.of("the interval: too few rounds with a value"));
    }

    @Test
    void rowsWithoutALabelAreLeftOut() throws Exception {
        var all = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var some = rows(
                "SELECT i, score, carrier, distance, CASE WHEN i < 400 THEN late END AS late FROM (" + ROWS
                        + " UNION ALL SELECT 400 + i, 0.5, 'XX', 1, 1, 0, NULL FROM range(50) t(i))",
                Map.of("i", Role.ID, "late", Role.LABEL));

        assertThat(report(some, SPEC, Task.BINARY, scores(some, 1), 1))
                .isEqualTo(report(all, SPEC, Task.BINARY, scores(all, 1), 1));
    }

    @Test
    void theReportHasTheSameBytesWithAnyNumberOfThreads() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var one = digest(rows, 1);

        assertThat(digest(rows, 2)).isEqualTo(one);
        assertThat(digest(rows, 5)).isEqualTo(one);
    }

    @Test
    void anIntervalHoldsItsFigureAndSaysHowItWasMade() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var report = report(rows, SPEC, Task.BINARY, scores(rows, 1), 1);

        for (var metric : List.of("roc_auc", "average_precision", "log_loss", "brier")) {
            var interval = report.fields("interval").fields(metric);
            assertThat(report.number(metric).orElseThrow())
                    .as(metric)
                    .isBetween(
                            interval.number("low").orElseThrow(),
                            interval.number("high").orElseThrow());
            assertThat(interval.whole("rounds")).contains(200L);
            assertThat(interval.number("level")).contains(0.95);
            assertThat(interval.whole("undefinedRounds")).contains(0L);
        }
    }

    @Test
    void anotherModelIsMeasuredOnTheSameRowsAndTheDifferenceHasAnInterval() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var good = scores(rows, 1);
        var poor = Matrix.ofColumns(
                400,
                List.of(IntStream.range(0, 400)
                        .mapToDouble(row -> row % 10 / 10.0)
                        .toArray()));
        var baseline = new EvaluationReport.Baseline("delay", "champion", Digest.ofText("v1"), poor);
        var report = measuring(rows, SPEC, 2)
                .report(model(Task.BINARY, "late"), good, Optional.of(baseline))
                .toValue()
                .fields("report");

        var compared = report.fields("baseline");
        assertThat(compared.text("alias")).contains("champion");
        assertThat(compared.number("roc_auc").orElseThrow()).isBetween(0.4, 0.6);
        assertThat(report).isNotEqualTo(compared);
        var difference = compared.fields("difference").fields("roc_auc");
        assertThat(difference.number("low").orElseThrow()).isGreaterThan(0.3);
        assertThat(difference.number("high").orElseThrow()).isLessThan(0.5);
    }

    @Test
    void theSameModelDiffersByNothing() throws Exception {
        var rows = rows(ROWS, Map.of("i", Role.ID, "late", Role.LABEL));
        var scores = scores(rows, 1);
        var baseline = new EvaluationReport.Baseline("delay", "champion", Digest.ofText("v1"), scores);
        var difference = measuring(rows, SPEC, 1)
                .report(model(Task.BINARY, "late"), scores, Optional.of(baseline))
                .toValue()
                .fields("report")
                .fields("baseline")
                .fields("difference")
                .fields("brier");

        assertThat(difference.number("low")).contains(0.0);
        assertThat(difference.number("high")).contains(0.0);
    }

    @Test
    void flagsAndWholeNumbersAreSlicedByTheirValuesAndMissingOnesAreASlice() throws Exception {
        var rows = rows(
                "SELECT i, (i % 10) / 10.0::DOUBLE AS score, i % 2 AS late, i % 3 = 0 AS third, CASE WHEN i < 40 THEN i % 2 END AS half"
                        + " FROM range(50) t(i)",
                Map.of("i", Role.ID, "late", Role.LABEL));
        var slices = report(
                        rows,
                        "slices: [third, half], metrics: [brier], intervals: {rounds: 10}",
                        Task.BINARY,
                        scores(rows, 1),
                        1)
                .items("slices");

        assertThat(slices)
                .extracting(slice -> slice.asFields().orElseThrow())
                .extracting(slice -> slice.text("name").orElseThrow() + " "
                        + slice.text("value").orElseThrow() + " "
                        + slice.whole("rows").orElseThrow())
                .containsExactly("third false 33", "third true 17", "half 0 20", "half 1 20", "half missing 10");
    }

    @Test
    void columnsThatGiveNoSlicesAndLabelsThatAreNoNumbersAreRefused() throws Exception {
        var rows = rows(
                "SELECT i, 0.5::DOUBLE AS score, 'yes' AS late, DATE '2026-01-01' AS day, 'x' AS port FROM range(5) t(i)",
                Map.of("late", Role.LABEL));

        refused(() -> measuring(rows, "slices: []", 1), "The label 'late' is a string");
        var labelled = rows(
                "SELECT i, 0.5::DOUBLE AS score, i % 2 AS late, DATE '2026-01-01' AS day, 'x' AS port FROM range(5) t(i)",
                Map.of("late", Role.LABEL));
        refused(
                () -> report(labelled, "slices: [day]", Task.BINARY, scores(labelled, 1), 1),
                "The column 'day' is a date, which gives no slices.");
        refused(
                () -> report(labelled, "slices: [{port: [1]}]", Task.BINARY, scores(labelled, 1), 1),
                "The column 'port' is a string, which has no edges.");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(EvaluationErrorCode.EVALUATION_COLUMN_UNFIT))
                .hasMessageContaining(message);
    }

    private Digest digest(DataColumns rows, int threads) throws InterruptedException {
        return CanonicalJson.digest(measuring(rows, SPEC, threads)
                .report(model(Task.BINARY, "late"), scores(rows, 1), Optional.empty())
                .toValue());
    }

    private static Value.Fields report(DataColumns rows, String spec, Task task, Matrix scores, int threads)
            throws InterruptedException {
        return measuring(rows, spec, threads)
                .report(model(task, label(rows)), scores, Optional.empty())
                .toValue()
                .fields("report");
    }

    private static Measuring measuring(DataColumns rows, String spec, int threads) {
        var fields =
                Yaml.read("step", "{" + spec + "}").orThrow().value().asFields().orElseThrow();
        return new Measuring(EvaluationSpec.of(fields), rows, label(rows), 2013, threads);
    }

    private static String label(DataColumns rows) {
        return rows.columns().stream()
                .filter(column -> column.role().equals(Optional.of(Role.LABEL)))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static Matrix scores(DataColumns rows, double factor) {
        var scores = java.util.Arrays.stream(rows.numbers("score"))
                .map(score -> factor * score)
                .toArray();
        return Matrix.ofColumns(scores.length, List.of(scores));
    }

    private static ModelDocument model(Task task, String label) {
        return new ModelDocument(
                "xgboost", "3.4.0", task, label, List.of("x"), Value.Fields.EMPTY, 1, 1, 0.25, Value.Fields.EMPTY);
    }

    private static void same(Value.Fields found, Value.Fields expected, String of) {
        expected.entries().forEach((metric, value) -> {
            var number = value.asNumber();
            assertThat(found.number(metric).isPresent())
                    .as(metric + " of " + of)
                    .isEqualTo(number.isPresent());
            number.ifPresent(wanted -> assertThat(found.number(metric).orElseThrow())
                    .as(metric + " of " + of)
                    .isCloseTo(wanted, within(1e-6)));
        });
    }

    private DataColumns rows(String query, Map<String, Role> roles) throws Exception {
        var dataset = new DatasetWriter(session)
                .write(
                        query,
                        List.of(),
                        new DatasetOptions(roles, List.of("i")),
                        session.directory().resolve("d" + written++));
        return DataColumns.read(session, dataset);
    }

    private static Value.Fields golden() {
        try (var stream = MeasuringTest.class.getResourceAsStream("golden.json")) {
            return Json.parse(stream.readAllBytes(), JsonLimits.DEFAULT)
                    .asFields()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
