package dev.esteira.statistics;

/**
 * Sums in four lanes, so that no addition waits for the one before it. The order of the additions is fixed, so the same
 * numbers give the same bits.
 */
final class LaneSums {

    private static final int LANES = 4;

    private LaneSums() {}

    static double of(double[] values) {
        var even = values.length - values.length % LANES;
        var first = 0.0;
        var second = 0.0;
        var third = 0.0;
        var fourth = 0.0;
        for (var i = 0; i < even; i += LANES) {
            first += values[i];
            second += values[i + 1];
            third += values[i + 2];
            fourth += values[i + 3];
        }
        var sum = first + second + (third + fourth);
        for (var i = even; i < values.length; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The sum of the products of two arrays of the same length. */
    static double ofProducts(double[] values, double[] factors) {
        var even = values.length - values.length % LANES;
        var first = 0.0;
        var second = 0.0;
        var third = 0.0;
        var fourth = 0.0;
        for (var i = 0; i < even; i += LANES) {
            first += values[i] * factors[i];
            second += values[i + 1] * factors[i + 1];
            third += values[i + 2] * factors[i + 2];
            fourth += values[i + 3] * factors[i + 3];
        }
        var sum = first + second + (third + fourth);
        for (var i = even; i < values.length; i++) {
            sum += values[i] * factors[i];
        }
        return sum;
    }
}
