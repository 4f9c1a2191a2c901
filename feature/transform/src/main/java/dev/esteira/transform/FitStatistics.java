package dev.esteira.transform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What operations learn from a column: pure, in the order of the rows, so the same to the bit on every machine. Missing
 * values (NaN, null) are left out.
 */
final class FitStatistics {

    private FitStatistics() {}

    /** The values without the missing ones, in ascending order. */
    static double[] sorted(double[] values) {
        var present =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        Arrays.sort(present);
        return present;
    }

    /** A quantile of sorted values by linear interpolation (Hyndman and Fan 1996, type 7), {@code 0 ≤ q ≤ 1}. */
    static double quantile(double[] sorted, double q) {
        var place = q * (sorted.length - 1);
        var low = (int) Math.floor(place);
        var high = Math.min(low + 1, sorted.length - 1);
        var share = place - low;
        return share == 0 ? sorted[low] : sorted[low] + share * (sorted[high] - sorted[low]);
    }

    /** The mean, by a sum with a running correction (Neumaier 1974); empty when there is no value. */
    static OptionalDouble mean(double[] values) {
        var sum = 0.0;
        var correction = 0.0;
        var count = 0;
        for (var value : values) {
            if (Double.isNaN(value)) {
                continue;
            }
            var next = sum + value;
            correction += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
            count++;
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((sum + correction) / count);
    }

    /** The population standard deviation around a mean. */
    static double deviation(double[] values, double mean) {
        var squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .toArray();
        return Math.sqrt(mean(squares).orElse(0));
    }

    /** The most frequent text, the first by code units of several; empty when there is no text. */
    static Optional<String> mostFrequent(@Nullable String[] texts) {
        return counts(texts).entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    /** The most frequent number of sorted values, the least of several. */
    static double mostFrequent(double[] sorted) {
        var best = sorted[0];
        var bestRun = 0;
        var run = 0;
        for (var index = 0; index < sorted.length; index++) {
            run = index > 0 && sorted[index] == sorted[index - 1] ? run + 1 : 1;
            if (run > bestRun) {
                bestRun = run;
                best = sorted[index];
            }
        }
        return best;
    }

    /** How many rows each text has. */
    static Map<String, Long> counts(@Nullable String[] texts) {
        var counts = new HashMap<String, Long>();
        for (var text : texts) {
            if (text != null) {
                counts.merge(text, 1L, Long::sum);
            }
        }
        return counts;
    }
}
