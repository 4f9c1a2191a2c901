package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

    private static final List<Metric> METRICS =
            List.of(PlainMetric.ROC_AUC, PlainMetric.AVERAGE_PRECISION, PlainMetric.LOG_LOSS, PlainMetric.BRIER);

    private final Value.Fields golden = Golden.part("bootstrap");
    private final double[] labels = Golden.numbers(golden, "labels");
    private final Predictions predictions = Predictions.binary(labels, Golden.numbers(golden, "scores"));
    private final Predictions other = Predictions.binary(labels, Golden.numbers(golden, "otherScores"));

    @Test
    void agreesWithCopyingRowsWithinMonteCarloError() throws Exception {
        var plan = new BootstrapPlan(10_000, 0.95, 7);
        agrees(Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, 2), golden.fields("intervals"));
        var pair = new PairedPredictions(predictions, other);
        agrees(Bootstrap.differences(pair, METRICS, Resampling.ROWS, plan, 2), golden.fields("differences"));
    }

    private static void agrees(SequencedMap<Metric, Interval> intervals, Value.Fields expected) {
        assertThat(intervals.keySet()).containsExactlyElementsOf(METRICS);
        intervals.forEach((metric, interval) -> {
            var wanted = expected.fields(metric.key());
            // The 2.5 % quantile of 10 000 normal draws has a standard error of 0.027 deviations; two are compared.
            var error = within(6 * 0.027 * Golden.number(wanted, "std"));
            assertThat(interval.low().number().orElseThrow()).isCloseTo(Golden.number(wanted, "low"), error);
            assertThat(interval.high().number().orElseThrow()).isCloseTo(Golden.number(wanted, "high"), error);
            assertThat(interval.undefinedRounds()).isZero();
        });
    }

    @Test
    void givesTheSameBitsOnAnyNumberOfThreads() throws Exception {
        var plan = new BootstrapPlan(201, 0.9, 42);
        var one = Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, 1);
        assertThat(Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, 2))
                .isEqualTo(one);
        assertThat(Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, 7))
                .isEqualTo(one);
        assertThat(Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, new BootstrapPlan(201, 0.9, 43), 1))
                .isNotEqualTo(one);
    }

    /** These numbers are in reports: another result here means that old reports cannot be made again. */
    @Test
    void drawsTheSameNumbersForEver() {
        var draws = new SeededDraws(2013, 5);
        assertThat(IntStream.range(0, 8).map(i -> draws.below(1000)).toArray())
                .containsExactly(980, 544, 37, 61, 646, 425, 7, 263);
    }

    @Test
    void drawsEveryRowAlike() {
        var draws = new SeededDraws(1, 0);
        var counts = new long[7];
        for (var i = 0; i < 70_000; i++) {
            counts[draws.below(7)]++;
        }
        var chiSquare = IntStream.range(0, 7)
                .mapToDouble(i -> Math.pow((double) counts[i] - 10_000, 2) / 10_000)
                .sum();
        // The 99.9 % quantile with six degrees of freedom.
        assertThat(chiSquare).isLessThan(22.46);
    }

    @Test
    void roundsThatDrawOneClassAreLeftOutAndCounted() throws Exception {
        var rare = Predictions.binary(new double[] {0, 0, 0, 0, 1}, new double[] {0.1, 0.2, 0.3, 0.6, 0.5});
        var plan = new BootstrapPlan(1000, 0.95, 1);
        var interval = Bootstrap.intervals(rare, List.of(PlainMetric.ROC_AUC), Resampling.ROWS, plan, 1)
                .get(PlainMetric.ROC_AUC);
        // No positive row in five draws: 0.8^5 = 0.328 of the rounds; five positive ones: 0.0003.
        assertThat(interval.undefinedRounds()).isBetween(270, 390);
        assertThat(interval.low().number()).isPresent();
        assertThat(interval.plan()).isEqualTo(plan);
        var constant = Predictions.binary(new double[] {1, 1}, new double[] {0.1, 0.2});
        var none = Bootstrap.intervals(constant, List.of(PlainMetric.ROC_AUC), Resampling.ROWS, plan, 1)
                .get(PlainMetric.ROC_AUC);
        assertThat(none.undefinedRounds()).isEqualTo(1000);
        assertThat(none.low()).isEqualTo(new MetricValue.Undefined("too few rounds with a value"));
    }

    @Test
    void anIntervalOfNoRowsIsUndefined() throws Exception {
        var nothing = Predictions.binary(new double[0], new double[0]);
        var plan = new BootstrapPlan(10, 0.95, 1);
        var interval = Bootstrap.intervals(nothing, List.of(PlainMetric.BRIER), Resampling.ROWS, plan, 1)
                .get(PlainMetric.BRIER);
        assertThat(interval.high()).isInstanceOf(MetricValue.Undefined.class);
    }

    @Test
    void clustersAreDrawnWholeAndWidenTheInterval() throws Exception {
        var clusters = IntStream.range(0, 500).map(row -> row / 5).toArray();
        var resampling = Resampling.clusters(clusters);
        var counts = new double[500];
        resampling.draw(new SeededDraws(3, 0), counts);
        var different = new HashSet<Double>();
        for (var row = 0; row < 500; row += 5) {
            assertThat(counts[row + 4]).isEqualTo(counts[row]);
            different.add(counts[row]);
        }
        assertThat(different).hasSizeGreaterThan(2);
        // Five copies of each row: drawn one by one they pretend to be 2500 observations.
        var rows = IntStream.range(0, 2500).map(i -> i / 5).toArray();
        var copies = predictions.rows(rows);
        var plan = new BootstrapPlan(400, 0.95, 5);
        var single = width(Bootstrap.intervals(copies, METRICS, Resampling.ROWS, plan, 2));
        var whole = width(Bootstrap.intervals(copies, METRICS, Resampling.clusters(rows), plan, 2));
        assertThat(whole / single).isCloseTo(Math.sqrt(5), within(0.4));
    }

    private static double width(SequencedMap<Metric, Interval> intervals) {
        var interval = intervals.get(PlainMetric.BRIER);
        return interval.high().number().orElseThrow() - interval.low().number().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsWhenItsCallerIsInterrupted(int threads) throws Exception {
        var plan = new BootstrapPlan(BootstrapPlan.MAX_ROUNDS, 0.95, 1);
        var ended = new CompletableFuture<Throwable>();
        var caller = Thread.ofPlatform().start(() -> {
            try {
                Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, threads);
                ended.complete(new AssertionError("all rounds were played"));
            } catch (InterruptedException e) {
                ended.complete(e);
            }
        });
        Thread.sleep(50);
        caller.interrupt();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void refusesIntervalsOutOfRange() {
        assertThatThrownBy(() -> new BootstrapPlan(9, 0.95, 1)).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> new BootstrapPlan(1000, 1, 1)).hasMessageContaining("An interval of level 1.0");
        var plan = new BootstrapPlan(10, 0.95, 1);
        assertThatThrownBy(() -> Bootstrap.intervals(predictions, METRICS, Resampling.clusters(new int[] {1}), plan, 1))
                .hasMessageContaining("The clusters are not of these 500 rows");
        assertThatThrownBy(() -> Bootstrap.intervals(predictions, METRICS, Resampling.ROWS, plan, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToCompareModelsOfOtherRows() {
        var others = Predictions.binary(new double[] {1}, new double[] {0.5});
        assertThatThrownBy(() -> new PairedPredictions(predictions, others))
                .hasMessageContaining("did not predict the same labels");
    }

    /** 300 samples from laws whose metrics are known; a level of 0.9 should hold the truth in about 270 of them. */
    @Test
    void anIntervalHoldsTheTruthAboutAsOftenAsItsLevelSays() throws Exception {
        var plan = new BootstrapPlan(200, 0.9, 1);
        var area = 0;
        var error = 0;
        for (var sample = 0; sample < 300; sample++) {
            var random = new SplittableRandom(sample);
            var labels = new double[120];
            var scores = new double[120];
            var errors = new double[120];
            for (var row = 0; row < labels.length; row++) {
                labels[row] = row % 3 == 0 ? 1 : 0;
                scores[row] = 1 / (1 + Math.exp(-random.nextGaussian() - labels[row]));
                var minuend = random.nextDouble();
                errors[row] = minuend - random.nextDouble();
            }
            // Two normal laws one deviation apart: the area is Phi(1 / sqrt(2)).
            area += holds(Predictions.binary(labels, scores), PlainMetric.ROC_AUC, 0.76025, plan);
            // The difference of two uniform laws: its absolute value has the mean 1/3.
            error += holds(Predictions.regression(new double[120], errors), PlainMetric.MAE, 1 / 3.0, plan);
        }
        assertThat(area).isBetween(249, 288);
        assertThat(error).isBetween(249, 288);
    }

    private static int holds(Predictions predictions, Metric metric, double truth, BootstrapPlan plan)
            throws InterruptedException {
        var interval = Bootstrap.intervals(predictions, List.of(metric), Resampling.ROWS, plan, 1)
                .get(metric);
        return interval.low().number().orElseThrow() <= truth
                        && truth <= interval.high().number().orElseThrow()
                ? 1
                : 0;
    }
}
