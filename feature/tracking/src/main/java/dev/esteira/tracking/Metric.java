package dev.esteira.tracking;

import java.util.Comparator;

/**
 * A point of a metric's history.
 *
 * @param value NaN is allowed; infinities become the largest finite numbers, which is how MLflow shows them
 * @param loggedMillis milliseconds since 1970, not negative
 * @param step any whole number
 */
public record Metric(String key, double value, long loggedMillis, long step) {

    /** The greater of two points of a key is its latest value: step, then timestamp, then value, NaN counting as 0. */
    public static final Comparator<Metric> LATEST = Comparator.comparingLong(Metric::step)
            .thenComparingLong(Metric::loggedMillis)
            .thenComparingDouble(Metric::storedValue);

    public Metric {
        if (Double.isInfinite(value)) {
            value = value > 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
        }
        // One zero: databases compare -0 and 0 as equal.
        value = value == 0 ? 0.0 : value;
    }

    /** Whether the value is not a number. */
    boolean nan() {
        return Double.isNaN(value);
    }

    /** The number in the row, 0 for NaN. */
    double storedValue() {
        return nan() ? 0.0 : value;
    }

    /** The point of a row. */
    static Metric ofStored(String key, double stored, boolean nan, long loggedMillis, long step) {
        return new Metric(key, nan ? Double.NaN : stored, loggedMillis, step);
    }
}
