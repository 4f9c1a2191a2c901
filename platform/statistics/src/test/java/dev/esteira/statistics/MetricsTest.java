package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheGoldenValues() {
        return Golden.cases("metrics").stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.text("task").orElseThrow() + ", "
                                + golden.text("name").orElseThrow(),
                        () -> agrees(golden)));
    }

    private static void agrees(Value.Fields golden) {
        var predictions = predictions(golden);
        var expected = golden.fields("expected");
        var values = Metrics.of(predictions, Metric.plain(predictions.task()));
        assertThat(values.keySet().stream().map(Metric::key))
                .containsExactlyInAnyOrderElementsOf(expected.entries().keySet());
        close(values, expected);
        var asked = Metrics.of(predictions, withArguments(predictions.task()));
        assertThat(asked.keySet().stream().map(Metric::key))
                .containsExactlyInAnyOrderElementsOf(
                        golden.fields("withArguments").entries().keySet());
        close(asked, golden.fields("withArguments"));
    }

    private static List<Metric> withArguments(PredictionTask task) {
        return task == PredictionTask.BINARY
                ? List.of(
                        Metric.of("f_beta", Map.of("beta", 2.0)),
                        Metric.of("f_beta", Map.of("beta", 0.5)),
                        Metric.of("gain", Map.of("share", 0.1)),
                        Metric.of("gain", Map.of("share", 0.333)),
                        Metric.of("gain", Map.of("share", 1.0)),
                        Metric.of("lift", Map.of("share", 0.1)),
                        Metric.of("lift", Map.of("share", 0.333)),
                        Metric.of("lift", Map.of("share", 1.0)),
                        Metric.of("recall_at_precision", Map.of("precision", 0.6)),
                        Metric.of("recall_at_precision", Map.of("precision", 0.95)),
                        Metric.of("recall_at_fpr", Map.of("fpr", 0.0)),
                        Metric.of("recall_at_fpr", Map.of("fpr", 0.1)),
                        Metric.of("cost", Map.of("falsePositive", 1.0, "falseNegative", 5.0)))
                : List.of(
                        Metric.of("adjusted_r2", Map.of("features", 3.0)),
                        Metric.of("pinball", Map.of("quantile", 0.1)),
                        Metric.of("pinball", Map.of("quantile", 0.9)),
                        Metric.of("residual_quantile", Map.of("quantile", 0.1)),
                        Metric.of("residual_quantile", Map.of("quantile", 0.9)),
                        Metric.of("tweedie_deviance", Map.of("power", 1.5)));
    }

    private static void close(Map<Metric, MetricValue> values, Value.Fields expected) {
        values.forEach((metric, value) -> {
            var number = expected.number(metric.key());
            assertThat(value.number().isPresent()).as(metric + " is " + value).isEqualTo(number.isPresent());
            number.ifPresent(wanted -> assertThat(value.number().orElseThrow())
                    .as(metric.key())
                    .isCloseTo(wanted, Near.relative(wanted, 1e-9)));
        });
    }

    private static Predictions predictions(Value.Fields golden) {
        var labels = Golden.numbers(golden, "labels");
        var scores = Golden.numbers(golden, "scores");
        var plain = golden.text("task").orElseThrow().equals("binary")
                ? Predictions.binary(labels, scores)
                : Predictions.regression(labels, scores);
        return golden.field("weights").isPresent() ? plain.withWeights(Golden.numbers(golden, "weights")) : plain;
    }

    @Test
    void saysWhyAValueIsUndefined() {
        var negatives = Predictions.binary(new double[] {0, 0}, new double[] {0.1, 0.2});
        var values = Metrics.of(negatives, Metric.plain(PredictionTask.BINARY));
        assertThat(values.get(PlainMetric.ROC_AUC)).isEqualTo(new MetricValue.Undefined("no positive rows"));
        assertThat(values.get(PlainMetric.PRECISION)).isEqualTo(new MetricValue.Undefined("no rows decided positive"));
        assertThat(values.get(PlainMetric.BALANCED_ACCURACY)).isEqualTo(new MetricValue.Undefined("no positive rows"));
        assertThat(values.get(PlainMetric.LOG_LOSS)).isInstanceOf(MetricValue.Defined.class);
        var positives = Predictions.binary(new double[] {1}, new double[] {0.1});
        assertThat(Metrics.of(positives, List.of(PlainMetric.KS)).get(PlainMetric.KS))
                .isEqualTo(new MetricValue.Undefined("no negative rows"));
        var zero = Predictions.regression(new double[] {0, 1}, new double[] {1, 1});
        assertThat(Metrics.of(zero, List.of(PlainMetric.MAPE)).get(PlainMetric.MAPE))
                .isEqualTo(new MetricValue.Undefined("labels of zero"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            f_beta | beta | 0 | The argument 'beta' of the metric f_beta is 0. | It is above 0 and 100 at most.
            f_beta | - | 0 | The metric f_beta needs its argument 'beta'. | Write it like {f_beta: {beta: …}}.
            f_beta | betta | 2 | The metric f_beta has no argument 'betta'. | Did you mean 'beta'?
            cost | falsePositive | 1 | The metric cost needs its argument 'falseNegative'. | Write it like {cost: {falsePositive: …, falseNegative: …}}.
            adjusted_r2 | features | 2.5 | The argument 'features' of the metric adjusted_r2 is 2.5. | It is a whole number from 1 to 1e6.
            pinball | quantile | NaN | The argument 'quantile' of the metric pinball is NaN. | It is above 0 and below 1.
            tweedie_deviance | power | 2 | The argument 'power' of the metric tweedie_deviance is 2. | It is above 1 and below 2.
            recall_at_fpr | fpr | 1 | The argument 'fpr' of the metric recall_at_fpr is 1. | It is from 0 on and below 1.
            roc_auc | share | 1 | The metric roc_auc takes no argument. | Write its name alone.
            """)
    void refusesArgumentsThatDoNotFit(
            String name, @Nullable String argument, double number, String message, String remedy) {
        Map<String, Double> arguments = argument == null ? Map.of() : Map.of(argument, number);
        assertThatThrownBy(() -> Metric.of(name, arguments)).isInstanceOfSatisfying(EsteiraException.class, error -> {
            assertThat(error.code()).isEqualTo(StatisticsErrorCode.METRIC_ARGUMENT_UNFIT);
            assertThat(error.explanation()).isEqualTo(message);
            assertThat(error.remedy()).contains(remedy);
        });
    }

    @Test
    void saysWhyAMetricWithArgumentsIsUndefined() {
        var reversed = Predictions.binary(new double[] {0, 1}, new double[] {0.9, 0.1});
        var precise = Metric.of("recall_at_precision", Map.of("precision", 0.9));
        assertThat(Metrics.of(reversed, List.of(precise)).get(precise))
                .isEqualTo(new MetricValue.Undefined("no thresholds of that precision"));
        var few = Predictions.regression(new double[] {1, 2, 3}, new double[] {1, 2, 4});
        var adjusted = Metric.of("adjusted_r2", Map.of("features", 2.0));
        assertThat(Metrics.of(few, List.of(adjusted)).get(adjusted))
                .isEqualTo(new MetricValue.Undefined("too few rows for that many features"));
    }

    @Test
    void everyMetricIsUndefinedWithoutRows() {
        assertThat(Metrics.of(Predictions.binary(new double[0], new double[0]), Metric.plain(PredictionTask.BINARY))
                        .values())
                .allMatch(MetricValue.Undefined.class::isInstance);
        var weightless =
                Predictions.regression(new double[] {1, 2}, new double[] {1, 3}).withWeights(new double[] {0, 0});
        assertThat(Metrics.of(weightless, Metric.plain(PredictionTask.REGRESSION))
                        .values())
                .allMatch(MetricValue.Undefined.class::isInstance);
    }

    @Test
    void overflowIsUndefinedAndNotInfinite() {
        var huge = Predictions.regression(new double[] {1e200, -1e200}, new double[] {-1e200, 1e200});
        assertThat(Metrics.of(huge, List.of(PlainMetric.MSE)).get(PlainMetric.MSE))
                .isEqualTo(new MetricValue.Undefined("values beyond the range of a double"));
    }

    @Test
    void theConstantPredictionRanksNothingAndHasTheVarianceAsBrier() {
        var predictions = Predictions.binary(new double[] {0, 0, 0, 1}, new double[] {0.1, 0.4, 0.2, 0.3});
        var rate = predictions.meanLabel().number().orElseThrow();
        var values = Metrics.of(predictions.constant(rate), List.of(PlainMetric.ROC_AUC, PlainMetric.BRIER));
        assertThat(rate).isEqualTo(0.25);
        assertThat(values.get(PlainMetric.ROC_AUC)).isEqualTo(MetricValue.of(0.5));
        assertThat(values.get(PlainMetric.BRIER)).isEqualTo(MetricValue.of(0.1875));
    }

    @Test
    void equalScoresRankNothingHoweverManyThereAre() {
        var same = new double[] {0.7, 0.7, 0.7, 0.7, 0.7};
        var values = Metrics.of(
                Predictions.binary(new double[] {1, 0, 1, 0, 0}, same),
                List.of(
                        PlainMetric.ROC_AUC,
                        PlainMetric.GINI,
                        PlainMetric.KS,
                        PlainMetric.AVERAGE_PRECISION,
                        PlainMetric.RECALL));
        assertThat(values.get(PlainMetric.ROC_AUC)).isEqualTo(MetricValue.of(0.5));
        assertThat(values.get(PlainMetric.GINI)).isEqualTo(MetricValue.of(0));
        assertThat(values.get(PlainMetric.KS)).isEqualTo(MetricValue.of(0));
        // All rows are one step of recall, whose precision is the share of positive rows.
        assertThat(values.get(PlainMetric.AVERAGE_PRECISION)).isEqualTo(MetricValue.of(0.4));
        assertThat(values.get(PlainMetric.RECALL)).isEqualTo(MetricValue.of(1));
    }

    @Test
    void rowsOfNoWeightAreNoSecondClass() {
        var predictions = Predictions.binary(new double[] {1, 1, 0}, new double[] {0.9, 0.8, 0.1})
                .withWeights(new double[] {1, 2, 0});
        assertThat(Metrics.of(predictions, List.of(PlainMetric.ROC_AUC)).get(PlainMetric.ROC_AUC))
                .isEqualTo(new MetricValue.Undefined("no negative rows"));
    }

    @Test
    void theThresholdItselfDecidesPositive() {
        var predictions = Predictions.binary(new double[] {1, 0}, new double[] {0.5, 0.3});
        assertThat(ConfusionMatrix.of(predictions)).isEqualTo(new ConfusionMatrix(1, 0, 1, 0));
        assertThat(ConfusionMatrix.of(predictions.withThreshold(0.3))).isEqualTo(new ConfusionMatrix(1, 1, 0, 0));
        assertThat(ConfusionMatrix.of(predictions.withThreshold(0.51))).isEqualTo(new ConfusionMatrix(0, 0, 1, 1));
    }

    @Test
    void refusesWhatIsNoPrediction() {
        refused(() -> Predictions.binary(new double[] {0, 2}, new double[] {0.1, 0.2}), "The label of row 1 is 2.0");
        refused(() -> Predictions.binary(new double[] {0}, new double[] {Double.NaN}), "The score of row 0 is NaN");
        refused(() -> Predictions.binary(new double[] {0}, new double[] {1.5}), "not a probability");
        refused(() -> Predictions.binary(new double[] {0, 1}, new double[] {1}), "1 scores for 2 labels");
        refused(() -> Predictions.regression(new double[] {1}, new double[] {1.0 / 0}), "prediction of row 0");
        refused(() -> Predictions.binary(new double[] {Double.NaN}, new double[] {0.1}), "The label of row 0 is NaN");
        refused(() -> Predictions.binary(new double[] {0}, new double[] {-0.1}), "not a probability");
        refused(() -> Predictions.regression(new double[] {Double.NaN}, new double[] {1}), "label of row 0 is NaN");
        refused(
                () -> Predictions.regression(new double[] {1}, new double[] {Double.NaN}),
                "prediction of row 0 is NaN");
        var good = Predictions.binary(new double[] {0}, new double[] {0.1});
        refused(() -> good.withWeights(new double[] {Double.NaN}), "The weight of row 0 is NaN");
        refused(() -> good.withWeights(new double[] {1, 1}), "2 weights for 1 labels");
        refused(() -> good.withWeights(new double[] {-1}), "The weight of row 0 is -1.0");
        refused(() -> good.withThreshold(2), "The threshold is 2.0");
        refused(() -> good.constant(-0.1), "The constant prediction is -0.1");
        assertThatThrownBy(() -> Metrics.of(good, List.of(PlainMetric.RMSE)))
                .isInstanceOf(EsteiraException.class)
                .hasMessageContaining("No rmse can be computed for a binary label");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(StatisticsErrorCode.PREDICTIONS_INVALID))
                .hasMessageContaining(message);
    }

    @Test
    void keepsItsInputWhenTheCallerChangesTheArray() {
        var scores = new double[] {0.2, 0.8};
        var predictions = Predictions.binary(new double[] {0, 1}, scores);
        scores[0] = 0.9;
        assertThat(predictions.score(0)).isEqualTo(0.2);
    }

    @Test
    void namesTheNearestMetric() {
        assertThat(Metric.of("roc_auc", Map.of())).isEqualTo(PlainMetric.ROC_AUC);
        assertThatThrownBy(() -> Metric.of("roc_acu", Map.of()))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.remedy()).contains("Did you mean roc_auc?"));
    }

    @Test
    void betterFollowsTheDirection() {
        assertThat(PlainMetric.ROC_AUC.direction().better(0.8, 0.7)).isTrue();
        assertThat(PlainMetric.LOG_LOSS.direction().better(0.8, 0.7)).isFalse();
        assertThat(PlainMetric.LOG_LOSS.direction().better(0.7, 0.7)).isFalse();
    }

    @Property(tries = 200)
    void wholeWeightsAreRowsRepeated(@ForAll @Size(min = 1, max = 30) List<@IntRange(max = 39) Integer> cells) {
        // One number tells label, tenth of the score and weight.
        var labels = cells.stream().mapToDouble(cell -> cell % 2).toArray();
        var scores = cells.stream().mapToDouble(cell -> cell % 5 / 5.0).toArray();
        var weights = cells.stream().mapToDouble(cell -> cell / 10).toArray();
        var rows = IntStream.range(0, labels.length)
                .flatMap(row -> IntStream.range(0, (int) weights[row]).map(copy -> row))
                .toArray();
        for (var predictions : List.of(Predictions.binary(labels, scores), Predictions.regression(labels, scores))) {
            var metrics = Metric.plain(predictions.task());
            var weighted = Metrics.of(predictions.withWeights(weights), metrics);
            var repeated = Metrics.of(predictions.rows(rows), metrics);
            metrics.forEach(metric -> same(weighted.get(metric), repeated.get(metric), metric));
        }
    }

    @Property(tries = 200)
    void everyValueIsInItsRange(@ForAll @Size(min = 1, max = 30) List<@IntRange(max = 39) Integer> cells) {
        var labels = cells.stream().mapToDouble(cell -> cell % 2).toArray();
        var scores = cells.stream().mapToDouble(cell -> cell / 39.0).toArray();
        for (var predictions : List.of(Predictions.binary(labels, scores), Predictions.regression(labels, scores))) {
            Metrics.of(predictions, Metric.plain(predictions.task()))
                    .forEach((metric, value) -> value.number()
                            .ifPresent(number -> assertThat(number)
                                    .as(metric.key())
                                    .isBetween(
                                            metric.range().lowest() - 1e-12,
                                            metric.range().highest() + 1e-12)));
        }
    }

    private static void same(MetricValue value, MetricValue expected, Metric metric) {
        assertThat(value.number().isPresent())
                .as(metric + " is " + value)
                .isEqualTo(expected.number().isPresent());
        expected.number()
                .ifPresent(wanted -> assertThat(value.number().orElseThrow())
                        .as(metric.key())
                        .isCloseTo(wanted, Near.relative(1, 1e-12)));
    }

    @Property(tries = 200)
    void aSliceIsToTheBitItsRowsAlone(@ForAll @Size(min = 1, max = 60) List<@IntRange(max = 99) Integer> cells) {
        var labels = cells.stream().mapToDouble(cell -> cell % 2).toArray();
        var scores = cells.stream().mapToDouble(cell -> cell % 7 / 7.0).toArray();
        var names = cells.stream()
                .map(cell -> cell % 3 == 0 ? null : "s" + cell % 4)
                .toList();
        var weights = cells.stream().mapToDouble(cell -> cell / 50.0).toArray();
        for (var plain : List.of(Predictions.binary(labels, scores), Predictions.regression(labels, scores))) {
            var predictions = plain.withWeights(weights);
            var metrics = Metric.plain(predictions.task());
            var slices = Metrics.ofSlices(predictions, metrics, Slicing.ofTexts("column", names));
            assertThat(slices.stream().mapToInt(SliceMetrics::rows).sum()).isEqualTo(cells.size());
            for (var slice : slices) {
                var rows = IntStream.range(0, cells.size())
                        .filter(row -> slice.value().equals(names.get(row) == null ? "missing" : names.get(row)))
                        .toArray();
                assertThat(slice.metrics()).isEqualTo(Metrics.of(predictions.rows(rows), metrics));
            }
        }
    }

    @Test
    void slicesNumbersAtEdges() {
        var edges = new SliceEdges(List.of(500.0, 1000.0, 2000.5));
        var slicing = Slicing.ofNumbers("distance", new double[] {499.9, 500, 999, 1000, 3000, Double.NaN}, edges);
        assertThat(slicing.values()).containsExactly("< 500", "500–1000", "1000–2000.5", "≥ 2000.5", "missing");
        assertThat(IntStream.range(0, 6).map(slicing::sliceOf)).containsExactly(0, 1, 1, 2, 3, 4);
        var full = Slicing.ofNumbers("distance", new double[] {1, 2}, edges);
        assertThat(full.values()).hasSize(4);
        var predictions = Predictions.binary(new double[] {0, 1}, new double[] {0.2, 0.8});
        assertThat(Metrics.ofSlices(predictions, List.of(PlainMetric.ROC_AUC), full)
                        .get(3)
                        .metrics())
                .containsEntry(PlainMetric.ROC_AUC, new MetricValue.Undefined("no rows"));
    }

    @Test
    void refusesSlicesThatDoNotFit() {
        assertThatThrownBy(() -> new SliceEdges(List.of(2.0, 1.0))).hasMessageContaining("not finite and ascending");
        assertThatThrownBy(() -> new SliceEdges(List.of())).hasMessageContaining("There are 0 edges");
        var many = IntStream.rangeClosed(0, Slicing.MAX_SLICES)
                .mapToObj(Integer::toString)
                .toList();
        assertThatThrownBy(() -> Slicing.ofTexts("tailnum", many)).hasMessageContaining("Column tailnum has more than");
        var predictions = Predictions.binary(new double[] {0, 1}, new double[] {0.2, 0.8});
        assertThatThrownBy(() -> Metrics.ofSlices(
                        predictions, List.of(PlainMetric.ROC_AUC), Slicing.ofTexts("origin", List.of("JFK"))))
                .isInstanceOf(EsteiraException.class)
                .hasMessageContaining("slices 1 rows, but there are 2");
    }

    @Property
    void ranksLikeAStableSort(@ForAll List<Double> values) {
        var numbers = values.stream().mapToDouble(value -> value + 0.0).toArray();
        var expected = new ArrayList<Integer>(
                IntStream.range(0, numbers.length).boxed().toList());
        expected.sort((a, b) -> Double.compare(numbers[b], numbers[a]));
        var order = RankOrder.descending(numbers);
        assertThat(IntStream.range(0, order.size()).mapToObj(order::row).toList())
                .isEqualTo(expected);
    }

    @Test
    void zeroAndMinusZeroAreOneRank() {
        var order = RankOrder.descending(new double[] {-0.0, 0.0, -0.0, 1});
        assertThat(IntStream.range(0, 4).map(order::row)).containsExactly(3, 0, 1, 2);
        assertThat(Arrays.asList(order.lastOfTie(0), order.lastOfTie(1), order.lastOfTie(2), order.lastOfTie(3)))
                .containsExactly(true, false, false, true);
    }
}
