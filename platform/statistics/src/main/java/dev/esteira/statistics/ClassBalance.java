package dev.esteira.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How the rows are shared among the classes of a label.
 *
 * @param shares the share of each class, the rarest first, equally rare ones by name; they sum to 1
 */
public record ClassBalance(SequencedMap<String, Double> shares) {

    public ClassBalance {
        shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
    }

    /**
     * The balance of counted classes.
     *
     * @throws IllegalArgumentException when there are more classes than the counts' limit
     */
    public static ClassBalance of(CategoryCounts counts) {
        if (counts.exceeded()) {
            throw new IllegalArgumentException("A label has more than " + counts.limit() + " classes");
        }
        var shares = new LinkedHashMap<String, Double>();
        counts.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> shares.put(entry.getKey(), (double) entry.getValue() / counts.total()));
        return new ClassBalance(shares);
    }

    /** The share of the rarest class; 1 when there is only one, undefined without rows. */
    public MetricValue smallestShare() {
        return shares.isEmpty()
                ? new MetricValue.Undefined(Reasons.NO_ROWS)
                : MetricValue.of(shares.firstEntry().getValue());
    }

    /** How many times as many rows the most frequent class has as the rarest; undefined without rows. */
    public MetricValue largestRatio() {
        return shares.isEmpty()
                ? new MetricValue.Undefined(Reasons.NO_ROWS)
                : MetricValue.of(
                        shares.lastEntry().getValue() / shares.firstEntry().getValue());
    }
}
