package dev.esteira.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
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

    TargetEncoding {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
    }

    /** Fits on all rows. */
    static TargetEncoding fit(@Nullable String[] categories, double[] labels, double smoothing) {
        var numbered = Categories.of(categories);
        var totals = Totals.of(numbered, labels);
        var mean = totals.mean();
        var numbers = new TreeMap<String, Double>();
        var whenMissing = smoothed(0, 0, smoothing, mean);
        for (var category = 0; category < totals.rows.length; category++) {
            var name = numbered.names.get(category);
            if (name == null) {
                whenMissing = totals.smoothed(category, smoothing, mean);
            } else if (totals.rows[category] > 0) {
                numbers.put(name, totals.smoothed(category, smoothing, mean));
            }
        }
        return new TargetEncoding(numbers, whenMissing, mean);
    }

    /**
     * The number of each row as the other folds give it.
     *
     * @param folds of each row, from 0
     */
    static double[] crossFitted(
            @Nullable String[] categories, double[] labels, int[] folds, int foldCount, double smoothing) {
        var numbered = Categories.of(categories);
        var all = Totals.of(numbered, labels);
        var others = new ArrayList<Totals>();
        var means = new double[foldCount];
        for (var fold = 0; fold < foldCount; fold++) {
            var own = fold;
            others.add(all.minus(Totals.of(numbered, labels, row -> folds[row] == own)));
            means[fold] = others.get(fold).mean();
        }
        var result = new double[categories.length];
        for (var row = 0; row < result.length; row++) {
            result[row] = others.get(folds[row]).smoothed(numbered.ofRow[row], smoothing, means[folds[row]]);
        }
        return result;
    }

    private static double smoothed(long rows, double sum, double smoothing, double mean) {
        return rows + smoothing == 0 ? mean : (sum + smoothing * mean) / (rows + smoothing);
    }

    /** Categories by number, in the order of their names, the missing one first; and the number of each row's. */
    private static final class Categories {
        private final List<@Nullable String> names;
        private final int[] ofRow;

        Categories(List<@Nullable String> names, int[] ofRow) {
            this.names = names;
            this.ofRow = ofRow;
        }

        static Categories of(@Nullable String[] categories) {
            var distinct = new TreeSet<@Nullable String>(Comparator.nullsFirst(Comparator.naturalOrder()));
            distinct.addAll(new HashSet<>(Arrays.asList(categories)));
            var names = new ArrayList<>(distinct);
            var numbers = new HashMap<@Nullable String, Integer>();
            for (var number = 0; number < names.size(); number++) {
                numbers.put(names.get(number), number);
            }
            return new Categories(
                    names, Arrays.stream(categories).mapToInt(numbers::get).toArray());
        }
    }

    /** Rows and sum of labels of each category. */
    private static final class Totals {
        private final long[] rows;
        private final double[] sums;

        Totals(long[] rows, double[] sums) {
            this.rows = rows;
            this.sums = sums;
        }

        static Totals of(Categories categories, double[] labels) {
            return of(categories, labels, row -> true);
        }

        static Totals of(Categories categories, double[] labels, IntPredicate counts) {
            var rows = new long[categories.names.size()];
            var sums = new double[rows.length];
            for (var row = 0; row < labels.length; row++) {
                if (!Double.isNaN(labels[row]) && counts.test(row)) {
                    rows[categories.ofRow[row]]++;
                    sums[categories.ofRow[row]] += labels[row];
                }
            }
            return new Totals(rows, sums);
        }

        Totals minus(Totals other) {
            var rest = new Totals(rows.clone(), sums.clone());
            for (var category = 0; category < rows.length; category++) {
                rest.rows[category] -= other.rows[category];
                rest.sums[category] -= other.sums[category];
            }
            return rest;
        }

        double mean() {
            var count = LongStream.of(rows).sum();
            var sum = 0.0;
            for (var part : sums) {
                sum += part;
            }
            return count == 0 ? 0 : sum / count;
        }

        double smoothed(int category, double smoothing, double mean) {
            return TargetEncoding.smoothed(rows[category], sums[category], smoothing, mean);
        }
    }
}
