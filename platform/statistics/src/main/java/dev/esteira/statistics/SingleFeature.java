package dev.esteira.statistics;

import dev.esteira.kernel.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
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

    /** Rows that share a category and a fold, by their binary label. */
    public record Cell(@Nullable String category, int fold, long positives, long negatives) {
        private long rows() {
            return positives + negatives;
        }
    }

    /**
     * max(AUC, 1 − AUC) of a category's share of positive rows, that share taken from the rows of the other folds
     * (cross-fitted), so that a category of few rows does not see its own labels. One more row with the overall share is
     * added to each category, which also serves categories that the other folds do not have. For numbers see
     * {@link RankedCounts}.
     *
     * @param cells each category and fold at most once
     */
    public static MetricValue categoryToBinary(Collection<Cell> cells) {
        var positives = new HashMap<@Nullable String, Long>();
        var rows = new HashMap<@Nullable String, Long>();
        for (var cell : cells) {
            positives.merge(cell.category(), cell.positives(), Long::sum);
            rows.merge(cell.category(), cell.rows(), Long::sum);
        }
        var all = rows.values().stream().mapToLong(Long::longValue).sum();
        var mean =
                (double) positives.values().stream().mapToLong(Long::longValue).sum() / all;
        var byShare = new TreeMap<Double, List<Cell>>(Comparator.reverseOrder());
        for (var cell : cells) {
            var others = rows.getOrDefault(cell.category(), 0L) - cell.rows();
            var share = (positives.getOrDefault(cell.category(), 0L) - cell.positives() + mean) / (others + 1);
            byShare.computeIfAbsent(share, _ -> new ArrayList<>()).add(cell);
        }
        var ranked = new RankedCounts();
        byShare.values()
                .forEach(tied -> ranked.add(
                        tied.stream().mapToLong(Cell::positives).sum(),
                        tied.stream().mapToLong(Cell::negatives).sum()));
        return ranked.areaEitherWay(0, 0);
    }

    /**
     * R² of the least-squares line through a number and a numeric label, the squared correlation; missing and infinite
     * values are predicted by the mean of their own rows.
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
            if (!Double.isFinite(feature[row])) {
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
     * R² of a category's mean label, taken from the rows of the other folds as in {@link #categoryToBinary(Collection)}; below 0 when
     * it predicts worse than the overall mean.
     *
     * @param feature a category per row, null for a missing one
     * @param labels finite numbers
     * @param folds the fold of each row, from 0 to {@value #MAX_FOLDS} (exclusive), e.g. by a hash of its id
     */
    public static MetricValue categoryToNumber(List<? extends @Nullable String> feature, double[] labels, int[] folds) {
        var fitted = Predictions.regression(labels, crossFitted(feature, labels, folds));
        return Prepared.of(fitted, List.of(PlainMetric.R2))
                .tally(fitted.newWeights())
                .value(PlainMetric.R2);
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
            var own = Objects.requireNonNull(categories.get(feature.get(row)));
            var sum = own.sum - own.foldSums[folds[row]];
            var rows = own.rows - own.foldRows[folds[row]];
            fitted[row] = (sum + mean) / (rows + 1);
        }
        return fitted;
    }

    private static void sameLength(int length, int labels) {
        if (length != labels) {
            throw new IllegalArgumentException(length + " values for " + labels + " labels");
        }
    }
}
