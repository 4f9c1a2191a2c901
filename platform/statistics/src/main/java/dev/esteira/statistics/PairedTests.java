package dev.esteira.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/** Tests whether two models differ on the same rows of a binary label. Weights are not used. Pure functions. */
public final class PairedTests {

    /** Fewer rows than this on which one model errs and the other does not are tested exactly. */
    public static final long EXACT_BELOW = 25;

    private PairedTests() {}

    /**
     * How two areas under the ROC curve differ.
     *
     * @param first area of the first model
     * @param second area of the second model
     * @param standardError of the difference, 0 when the rankings agree
     * @param pValue two-sided; undefined when the standard error is 0
     */
    public record AreaDifference(double first, double second, double standardError, MetricValue pValue) {}

    /**
     * How often one model is right where the other is wrong.
     *
     * @param onlyFirstRight rows
     * @param onlySecondRight rows
     * @param exact whether the p-value is of the binomial test and not of the chi-square
     * @param pValue two-sided; 1 when there are no such rows
     */
    public record ErrorDifference(long onlyFirstRight, long onlySecondRight, boolean exact, double pValue) {}

    /**
     * The test of DeLong, DeLong and Clarke-Pearson (1988) for correlated areas, with the mid-ranks of Sun and Xu (2014).
     *
     * @throws dev.esteira.kernel.EsteiraException METRIC_OF_OTHER_TASK for a number
     * @throws IllegalArgumentException with fewer than two rows of a class
     */
    public static AreaDifference areas(PairedPredictions pair) {
        Prepared.require(PredictionTask.BINARY, pair.first());
        var labels = pair.first().labels();
        var one = new Placements(labels, pair.first().scores());
        var other = new Placements(labels, pair.second().scores());
        var variance = varianceOfDifference(one.positives, other.positives)
                + varianceOfDifference(one.negatives, other.negatives);
        var first = Moments.of(one.positives).mean();
        var second = Moments.of(other.positives).mean();
        if (!(variance > 0)) {
            return new AreaDifference(first, second, 0, new MetricValue.Undefined("no rows ranked differently"));
        }
        var z = Math.abs(first - second) / Math.sqrt(variance);
        var pValue = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
        return new AreaDifference(first, second, Math.sqrt(variance), MetricValue.of(pValue));
    }

    /**
     * McNemar's test of decisions at each model's threshold: exact below {@value #EXACT_BELOW} rows, else the chi-square
     * with Edwards' correction (1948).
     *
     * @throws dev.esteira.kernel.EsteiraException METRIC_OF_OTHER_TASK for a number
     */
    public static ErrorDifference errors(PairedPredictions pair) {
        Prepared.require(PredictionTask.BINARY, pair.first());
        var onlyFirst = 0L;
        var onlySecond = 0L;
        for (var row = 0; row < pair.first().size(); row++) {
            var first = right(pair.first(), row);
            var second = right(pair.second(), row);
            onlyFirst += first && !second ? 1 : 0;
            onlySecond += second && !first ? 1 : 0;
        }
        var rows = onlyFirst + onlySecond;
        if (rows == 0) {
            return new ErrorDifference(0, 0, true, 1);
        }
        if (rows < EXACT_BELOW) {
            var test = BinomialTest.withDefaults().with(AlternativeHypothesis.TWO_SIDED);
            var pValue = test.test((int) rows, (int) onlyFirst, 0.5).getPValue();
            return new ErrorDifference(onlyFirst, onlySecond, true, pValue);
        }
        var distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
        var statistic = (double) distance * distance / rows;
        var pValue = ChiSquaredDistribution.of(1).survivalProbability(statistic);
        return new ErrorDifference(onlyFirst, onlySecond, false, pValue);
    }

    private static boolean right(Predictions predictions, int row) {
        return (predictions.score(row) >= predictions.threshold()) == (predictions.label(row) == 1);
    }

    private static double varianceOfDifference(double[] first, double[] second) {
        var differences = new Moments.Accumulator();
        for (var i = 0; i < first.length; i++) {
            differences.add(first[i] - second[i]);
        }
        return differences.moments().varianceSample().orElseThrow() / first.length;
    }

    /** Per positive row the share of negatives it beats, per negative row the share of positives that beat it. */
    private static final class Placements {

        private final double[] positives;
        private final double[] negatives;

        Placements(double[] labels, double[] scores) {
            var total = 0;
            for (var label : labels) {
                total += label == 1 ? 1 : 0;
            }
            if (total < 2 || labels.length - total < 2) {
                throw new IllegalArgumentException("Two areas compare with two rows of each class or more");
            }
            positives = new double[total];
            negatives = new double[labels.length - total];
            fill(labels, RankOrder.descending(scores));
        }

        private void fill(double[] labels, RankOrder order) {
            var place = new int[labels.length];
            var seen = new int[2];
            for (var row = 0; row < labels.length; row++) {
                place[row] = seen[(int) labels[row]]++;
            }
            var above = new long[2];
            for (var start = 0; start < order.size(); ) {
                var end = start;
                var tied = new long[2];
                do {
                    tied[(int) labels[order.row(end)]]++;
                } while (!order.lastOfTie(end++));
                for (; start < end; start++) {
                    var row = order.row(start);
                    if (labels[row] == 1) {
                        var beaten = negatives.length - above[0] - tied[0] / 2.0;
                        positives[place[row]] = beaten / negatives.length;
                    } else {
                        negatives[place[row]] = (above[1] + tied[1] / 2.0) / positives.length;
                    }
                }
                above[0] += tied[0];
                above[1] += tied[1];
            }
        }
    }
}
