package dev.esteira.statistics;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each value occurs, exactly, as long as there are no more distinct ones than a limit. Past it the single
 * counts are dropped and only the total stays: an answer is exact or absent, and the same in whatever order parts are
 * merged.
 *
 * @param limit the most distinct values, at least 1
 * @param counts occurrences per value in the order of UTF-16 code units; none when exceeded
 * @param total all occurrences
 * @param exceeded whether there are more distinct values than the limit
 */
public record CategoryCounts(int limit, SortedMap<String, Long> counts, long total, boolean exceeded) {

    public CategoryCounts {
        if (limit < 1 || counts.size() > limit || (exceeded && !counts.isEmpty())) {
            throw new IllegalArgumentException("Counts of " + counts.size() + " values do not fit limit " + limit);
        }
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Of no values: merged with others of the same limit it changes nothing. */
    public static CategoryCounts empty(int limit) {
        return new CategoryCounts(limit, new TreeMap<>(), 0, false);
    }

    /**
     * The counts of both together.
     *
     * @throws IllegalArgumentException when the limits differ
     */
    public CategoryCounts merge(CategoryCounts other) {
        if (limit != other.limit) {
            throw new IllegalArgumentException("Counts of limits " + limit + " and " + other.limit + " do not merge");
        }
        var merged = new Accumulator(limit);
        merged.add(this);
        merged.add(other);
        return merged.counts();
    }

    /** The number of distinct values, when it did not exceed the limit. */
    public OptionalInt distinct() {
        return exceeded ? OptionalInt.empty() : OptionalInt.of(counts.size());
    }

    /** The most frequent values, most frequent first, equally frequent ones in their own order. */
    public SequencedMap<String, Long> top(int most) {
        var top = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    /** Counts values one by one. For one thread. */
    public static final class Accumulator {

        private final int limit;
        private final TreeMap<String, Long> counts = new TreeMap<>();
        private long total;
        private boolean exceeded;

        /** @param limit the most distinct values, at least 1 */
        public Accumulator(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("A limit of " + limit + " distinct values counts nothing");
            }
            this.limit = limit;
        }

        /** Adds one occurrence. */
        public void add(String value) {
            add(value, 1);
        }

        /** Adds some occurrences, at least one. */
        public void add(String value, long occurrences) {
            if (occurrences < 1) {
                throw new IllegalArgumentException(occurrences + " occurrences are none to add");
            }
            total += occurrences;
            if (!exceeded) {
                counts.merge(value, occurrences, Long::sum);
                if (counts.size() > limit) {
                    exceeded = true;
                    counts.clear();
                }
            }
        }

        private void add(CategoryCounts part) {
            if (part.exceeded) {
                exceeded = true;
                counts.clear();
                total += part.total;
            }
            part.counts.forEach(this::add);
        }

        /** The counts of what was added. */
        public CategoryCounts counts() {
            return new CategoryCounts(limit, counts, total, exceeded);
        }
    }
}
