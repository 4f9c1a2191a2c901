package dev.esteira.statistics;

import java.util.OptionalDouble;

/**
 * Count, mean and central sums of finite numbers, mergeable by the pairwise update (Chan, Golub and LeVeque 1979; Pébay
 * 2008 for the third and fourth). Sums of squares are never formed. Merging is exact to rounding whatever the order; the
 * same parts merged in the same order give the same bits.
 *
 * @param count how many numbers
 * @param mean their mean, 0 without numbers
 * @param m2 sum of squared deviations from the mean; infinite when it leaves the range of a double, like m3 and m4
 * @param m3 sum of cubed deviations
 * @param m4 sum of fourth powers of deviations
 * @param min the smallest, positive infinity without numbers
 * @param max the largest, negative infinity without numbers
 */
public record Moments(long count, double mean, double m2, double m3, double m4, double min, double max) {

    /** Of no numbers: merged with others it changes nothing. */
    public static final Moments EMPTY = new Moments(0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Of these numbers, added in their order; NaN and infinite ones are refused as by {@link Accumulator#add}. */
    public static Moments of(double... values) {
        var accumulator = new Accumulator();
        for (var value : values) {
            accumulator.add(value);
        }
        return accumulator.moments();
    }

    /** The moments of both together; in a sequence, this comes first. */
    public Moments merge(Moments other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        var a = (double) count;
        var b = (double) other.count;
        var n = a + b;
        var delta = other.mean - mean;
        var share = delta / n;
        var cross = delta * share * a * b;
        return new Moments(
                count + other.count,
                mean + share * b,
                m2 + other.m2 + cross,
                m3 + other.m3 + cross * share * (a - b) + 3 * share * (a * other.m2 - b * m2),
                m4
                        + other.m4
                        + cross * share * share * (a * a - a * b + b * b)
                        + 6 * share * share * (a * a * other.m2 + b * b * m2)
                        + 4 * share * (a * other.m3 - b * m3),
                Math.min(min, other.min),
                Math.max(max, other.max));
    }

    /** Mean squared deviation (divided by the count), empty without numbers. */
    public OptionalDouble variancePopulation() {
        return count < 1 ? OptionalDouble.empty() : OptionalDouble.of(m2 / count);
    }

    /** The unbiased estimate (divided by the count less one), empty with fewer than two numbers. */
    public OptionalDouble varianceSample() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(m2 / (count - 1));
    }

    /** Root of {@link #variancePopulation()}. */
    public OptionalDouble standardDeviationPopulation() {
        return root(variancePopulation());
    }

    /** Root of {@link #varianceSample()}. */
    public OptionalDouble standardDeviationSample() {
        return root(varianceSample());
    }

    /** √n · m3 / m2^1.5, biased as in {@code scipy.stats.skew}; empty when the numbers do not differ. */
    public OptionalDouble skewness() {
        return m2 > 0
                ? OptionalDouble.of(Math.sqrt((double) count) * m3 / (m2 * Math.sqrt(m2)))
                : OptionalDouble.empty();
    }

    /** n · m4 / m2² − 3, biased as in {@code scipy.stats.kurtosis}; empty when the numbers do not differ. */
    public OptionalDouble excessKurtosis() {
        return m2 > 0 ? OptionalDouble.of((double) count * m4 / (m2 * m2) - 3) : OptionalDouble.empty();
    }

    private static OptionalDouble root(OptionalDouble variance) {
        return variance.isEmpty() ? variance : OptionalDouble.of(Math.sqrt(variance.getAsDouble()));
    }

    /** Collects numbers one by one. For one thread. */
    public static final class Accumulator {

        private long count;
        private double mean;
        private double m2;
        private double m3;
        private double m4;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        /**
         * Adds one number.
         *
         * @throws IllegalArgumentException when it is NaN or infinite: the caller counts those apart
         */
        public void add(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Moments are of finite numbers, not of " + value);
            }
            var before = (double) count;
            count++;
            var n = (double) count;
            var delta = value - mean;
            var share = delta / n;
            var square = share * share;
            var cross = delta * share * before;
            mean += share;
            m4 += cross * square * (n * n - 3 * n + 3) + 6 * square * m2 - 4 * share * m3;
            m3 += cross * share * (n - 2) - 3 * share * m2;
            m2 += cross;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }

        /** The moments of what was added. */
        public Moments moments() {
            return new Moments(count, mean, m2, m3, m4, min, max);
        }
    }
}
