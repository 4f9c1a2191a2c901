package dev.esteira.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Category by smoothed mean of the label: {@code (sum + smoothing × mean) / (rows + smoothing)}, after Micci-Barreca
 * 2001. Rows without a label count for nothing.
 *
 * @param numbers by category
 * @param whenMissing of the rows without a category, which are a category of their own
 * @param otherwise the mean over all rows, for a category that was never seen
 */
record TargetEncoding(Map<String, Double> numbers, double whenMissing, double otherwise) {

    /** Rows and sum of labels of a category. */
    private record Total(long rows, double sum) {
        private static final Total NONE = new Total(0, 0);

        private Total plus(double label) {
            return new Total(rows + 1, sum + label);
        }

        private Total minus(Total other) {
            return new Total(rows - other.rows, sum - other.sum);
        }

        private double smoothed(double smoothing, double mean) {
            return rows + smoothing == 0 ? mean : (sum + smoothing * mean) / (rows + smoothing);
        }
    }

    /** Fits on all rows. */
    static TargetEncoding fit(@Nullable String[] categories, double[] labels, double smoothing) {
        var totals = totals(categories, labels, new int[categories.length], 1).getFirst();
        var mean = mean(totals);
        var numbers = new TreeMap<String, Double>();
        totals.forEach((category, total) -> {
            if (!category.isEmpty()) {
                numbers.put(category.substring(1), total.smoothed(smoothing, mean));
            }
        });
        var missing = totals.getOrDefault("", Total.NONE).smoothed(smoothing, mean);
        return new TargetEncoding(numbers, missing, mean);
    }

    /**
     * The number of each row as the other folds give it.
     *
     * @param folds of each row, from 0
     */
    static double[] crossFitted(
            @Nullable String[] categories, double[] labels, int[] folds, int foldCount, double smoothing) {
        var byFold = totals(categories, labels, folds, foldCount);
        var all = totals(categories, labels, new int[categories.length], 1).getFirst();
        var means = new double[foldCount];
        for (var fold = 0; fold < foldCount; fold++) {
            means[fold] = mean(all, byFold.get(fold));
        }
        var result = new double[categories.length];
        for (var row = 0; row < result.length; row++) {
            var key = key(categories[row]);
            var own = byFold.get(folds[row]).getOrDefault(key, Total.NONE);
            result[row] = all.getOrDefault(key, Total.NONE).minus(own).smoothed(smoothing, means[folds[row]]);
        }
        return result;
    }

    private static List<Map<String, Total>> totals(
            @Nullable String[] categories, double[] labels, int[] folds, int foldCount) {
        var totals = new ArrayList<Map<String, Total>>();
        for (var fold = 0; fold < foldCount; fold++) {
            totals.add(new HashMap<>());
        }
        for (var row = 0; row < categories.length; row++) {
            if (!Double.isNaN(labels[row])) {
                var label = labels[row];
                totals.get(folds[row])
                        .merge(key(categories[row]), Total.NONE.plus(label), (known, added) -> known.plus(label));
            }
        }
        return totals;
    }

    /** A missing category is the empty key, so that no text can be mistaken for it. */
    private static String key(@Nullable String category) {
        return category == null ? "" : "=" + category;
    }

    private static double mean(Map<String, Total> totals) {
        return mean(totals, Map.of());
    }

    private static double mean(Map<String, Total> totals, Map<String, Total> without) {
        var rows = 0L;
        var sum = 0.0;
        for (var entry : new TreeMap<>(totals).entrySet()) {
            var rest = entry.getValue().minus(without.getOrDefault(entry.getKey(), Total.NONE));
            rows += rest.rows;
            sum += rest.sum;
        }
        return rows == 0 ? 0 : sum / rows;
    }
}
