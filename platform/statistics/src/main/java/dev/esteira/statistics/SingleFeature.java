package dev.esteira.statistics;

import dev.esteira.kernel.Limit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well one feature alone tells the label: 0.5 to 1 for a binary label (the area under the ROC curve in whichever
 * direction is better), up to 1 for a number (R²). A score close to 1 usually means that the feature leaks the label.
 * Missing values count as a value of their own, since what is missing may tell the label too.
 */
public final class SingleFeature {

    /** The most folds. */
    @Limit(value = "Cross-validation of a feature by itself.", unit = "folds")
    public static final int MAX_FOLDS = 100;

    private SingleFeature() {}

    /**
     * max(AUC, 1 − AUC) of a number against a binary label; missing values stand below all others or above, whichever
     * scores more.
     *
     * @param feature a number per row, NaN for a missing one
     * @param labels 0 or 1
     */
    public static MetricValue numericToBinary(double[] feature, double[] labels) {
        sameLength(feature.length, labels.length);
        requireBinary(labels);
        var rows = IntStream.range(0, feature.length)
                .filter(row -> !Double.isNaN(feature[row]))
                .toArray();
        var present = Pairs.of(chosen(feature, rows), chosen(labels, rows));
        var positives = DoubleStream.of(labels).filter(label -> label == 1).count();
        return eitherWay(present, positives - present.positives(), labels.length - positives - present.negatives());
    }

    private static double[] chosen(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /**
     * Pairs of a positive and a negative row, counted exactly.
     *
     * @param twiceWon 2 for each pair whose positive row has the larger value, 1 for each tied one
     */
    private record Pairs(long positives, long negatives, long twiceWon) {

        static Pairs of(double[] values, double[] labels) {
            var order = RankOrder.descending(values);
            var above = 0L;
            var aboveNegative = 0L;
            var won = 0L;
            var tied = 0L;
            var tiedNegative = 0L;
            for (var place = 0; place < order.size(); place++) {
                if (labels[order.row(place)] == 1) {
                    tied++;
                } else {
                    tiedNegative++;
                }
                if (order.lastOfTie(place)) {
                    won += tiedNegative * (2 * above + tied);
                    above += tied;
                    aboveNegative += tiedNegative;
                    tied = 0;
                    tiedNegative = 0;
                }
            }
            return new Pairs(above, aboveNegative, won);
        }
    }

    /**
     * max(AUC, 1 − AUC) of a category's share of positive rows, that share taken from the rows of the other folds
     * (cross-fitted), so that a category of few rows does not see its own labels. One more row with the overall share is
     * added to each category, which also serves categories that the other folds do not have.
     *
     * @param feature a category per row, null for a missing one
     * @param labels 0 or 1
     * @param folds the fold of each row, from 0 to {@value #MAX_FOLDS} (exclusive), e.g. by a hash of its id
     */
    public static MetricValue categoryToBinary(List<? extends @Nullable String> feature, double[] labels, int[] folds) {
        requireBinary(labels);
        return eitherWay(Pairs.of(crossFitted(feature, labels, folds), labels), 0, 0);
    }

    /**
     * R² of the least-squares line through a number and a numeric label, the squared correlation; missing values are
     * predicted by the mean of their own rows.
     *
     * @param feature a number per row, NaN for a missing one
     * @param labels finite numbers
     */
    public static MetricValue numericToNumber(double[] feature, double[] labels) {
        sameLength(feature.length, labels.length);
        var features = new Moments.Accumulator();
        var present = new Moments.Accumulator();
        var missing = new Moments.Accumulator();
        var product = 0.0;
        for (var row = 0; row < labels.length; row++) {
            if (Double.isNaN(feature[row])) {
                missing.add(labels[row]);
                continue;
            }
            var before = features.moments();
            features.add(feature[row]);
            present.add(labels[row]);
            // The deviation from one mean before and the other after is Welford's update of a sum of products.
            product += (feature[row] - before.mean())
                    * (labels[row] - present.moments().mean());
        }
        var spread = features.moments().m2();
        var deviations = present.moments();
        var lineExplains = spread > 0 ? product * product / spread : 0;
        var all = deviations.merge(missing.moments());
        if (!(all.min() < all.max())) {
            return new MetricValue.Undefined(Reasons.CONSTANT_LABEL);
        }
        var left =
                Math.max(0, deviations.m2() - lineExplains) + missing.moments().m2();
        return MetricValue.of(1 - left / all.m2());
    }

    /**
     * R² of a category's mean label, taken from the rows of the other folds as in {@link #categoryToBinary}; below 0 when
     * it predicts worse than the overall mean.
     *
     * @param feature a category per row, null for a missing one
     * @param labels finite numbers
     * @param folds the fold of each row, from 0 to {@value #MAX_FOLDS} (exclusive), e.g. by a hash of its id
     */
    public static MetricValue categoryToNumber(List<? extends @Nullable String> feature, double[] labels, int[] folds) {
        var fitted = Predictions.regression(labels, crossFitted(feature, labels, folds));
        return Prepared.of(fitted, List.of(Metric.R2))
                .tally(fitted.newWeights())
                .value(Metric.R2);
    }

    /** Sum and number of the labels of one category, in all and per fold. */
    private static final class Labels {
        private double sum;
        private long rows;
        private final double[] foldSums;
        private final long[] foldRows;

        Labels(int folds) {
            foldSums = new double[folds];
            foldRows = new long[folds];
        }
    }

    private static double[] crossFitted(List<? extends @Nullable String> feature, double[] labels, int[] folds) {
        sameLength(feature.size(), labels.length);
        sameLength(folds.length, labels.length);
        var count = 1;
        for (var fold : folds) {
            if (fold < 0 || fold >= MAX_FOLDS) {
                throw new IllegalArgumentException("Folds go from 0 to " + (MAX_FOLDS - 1) + ", not " + fold);
            }
            count = Math.max(count, fold + 1);
        }
        var categories = new HashMap<@Nullable String, Labels>();
        var total = 0.0;
        for (var row = 0; row < labels.length; row++) {
            var folded = count;
            var own = categories.computeIfAbsent(feature.get(row), category -> new Labels(folded));
            own.sum += labels[row];
            own.rows++;
            own.foldSums[folds[row]] += labels[row];
            own.foldRows[folds[row]]++;
            total += labels[row];
        }
        var mean = labels.length == 0 ? 0 : total / labels.length;
        var fitted = new double[labels.length];
        for (var row = 0; row < labels.length; row++) {
            var own = categories.getOrDefault(feature.get(row), new Labels(count));
            var sum = own.sum - own.foldSums[folds[row]];
            var rows = own.rows - own.foldRows[folds[row]];
            fitted[row] = (sum + mean) / (rows + 1);
        }
        return fitted;
    }

    /** The larger area in either direction, rows without a value tied with each other and below or above all others. */
    private static MetricValue eitherWay(Pairs present, long missingPositives, long missingNegatives) {
        var positives = present.positives() + missingPositives;
        var negatives = present.negatives() + missingNegatives;
        if (positives == 0) {
            return new MetricValue.Undefined(negatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES);
        }
        if (negatives == 0) {
            return new MetricValue.Undefined(Reasons.NO_NEGATIVES);
        }
        var among = present.twiceWon() + missingPositives * missingNegatives;
        var below = among + 2 * present.positives() * missingNegatives;
        var above = among + 2 * missingPositives * present.negatives();
        return MetricValue.of(Math.max(farther(below, positives, negatives), farther(above, positives, negatives)));
    }

    private static double farther(long twiceWon, long positives, long negatives) {
        var area = twiceWon / (2.0 * positives * negatives);
        return Math.max(area, 1 - area);
    }

    private static void requireBinary(double[] labels) {
        for (var label : labels) {
            if (label != 0 && label != 1) {
                throw new IllegalArgumentException("A binary label is 0 or 1, not " + label);
            }
        }
    }

    private static void sameLength(int length, int labels) {
        if (length != labels) {
            throw new IllegalArgumentException(length + " values for " + labels + " labels");
        }
    }
}
