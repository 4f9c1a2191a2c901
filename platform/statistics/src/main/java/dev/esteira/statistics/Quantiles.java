package dev.esteira.statistics;

import java.util.Arrays;

/** Exact quantiles of numbers in memory, interpolated linearly (type 7 of Hyndman and Fan 1996; numpy's default). */
public final class Quantiles {

    private Quantiles() {}

    /**
     * The quantile of numbers in any order.
     *
     * @param values at least one, none NaN
     * @param share 0 (the minimum) to 1 (the maximum)
     */
    public static double of(double[] values, double share) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, share);
    }

    /**
     * The quantile of ascending numbers.
     *
     * @param sorted at least one, none NaN
     * @param share 0 (the minimum) to 1 (the maximum)
     */
    public static double ofSorted(double[] sorted, double share) {
        if (sorted.length == 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("No quantile at " + share + " of " + sorted.length + " numbers");
        }
        var position = share * (sorted.length - 1);
        var below = (int) Math.floor(position);
        var above = Math.min(below + 1, sorted.length - 1);
        return between(sorted[below], sorted[above], position - below);
    }

    /** The point between two numbers; the lower one itself at 0, whatever the other is. */
    static double between(double low, double high, double share) {
        return share == 0 || low == high ? low : low + (high - low) * share;
    }
}
