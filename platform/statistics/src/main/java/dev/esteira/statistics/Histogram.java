package dev.esteira.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many numbers fall between fixed edges. A bin holds its lower edge and not its upper one, but for the last, which
 * holds both (as {@code numpy.histogram}); what lies outside is counted apart. Merging is exact in any order.
 *
 * @param edges strictly ascending, at least two, none NaN
 * @param counts one per bin
 * @param below numbers below the first edge
 * @param above numbers above the last edge
 */
public record Histogram(List<Double> edges, List<Long> counts, long below, long above) {

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        for (var i = 1; i < edges.size(); i++) {
            if (!(edges.get(i - 1) < edges.get(i))) {
                throw new IllegalArgumentException("Edges " + edges + " do not ascend");
            }
        }
        if (edges.size() < 2 || counts.size() != edges.size() - 1) {
            throw new IllegalArgumentException(edges.size() + " edges do not fit " + counts.size() + " bins");
        }
    }

    /** Of no numbers. */
    public static Histogram empty(List<Double> edges) {
        return new Accumulator(edges).histogram();
    }

    /**
     * The numbers of both together.
     *
     * @throws IllegalArgumentException when the edges differ
     */
    public Histogram merge(Histogram other) {
        if (!edges.equals(other.edges)) {
            throw new IllegalArgumentException("Histograms of other edges do not merge");
        }
        var sums = new ArrayList<Long>();
        for (var bin = 0; bin < counts.size(); bin++) {
            sums.add(counts.get(bin) + other.counts.get(bin));
        }
        return new Histogram(edges, sums, below + other.below, above + other.above);
    }

    /** All numbers, those outside the edges included. */
    public long total() {
        return below + above + counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Counts numbers one by one. For one thread. */
    public static final class Accumulator {

        private final List<Double> edges;
        private final double[] bounds;
        private final long[] counts;
        private long below;
        private long above;

        /** @param edges strictly ascending, at least two */
        public Accumulator(List<Double> edges) {
            this.edges = List.copyOf(edges);
            this.bounds = edges.stream().mapToDouble(edge -> edge + 0.0).toArray();
            if (bounds.length < 2) {
                throw new IllegalArgumentException("A histogram has two edges or more, not " + bounds.length);
            }
            this.counts = new long[bounds.length - 1];
        }

        /** Adds one number; NaN is refused, the caller counts missing ones apart. */
        public void add(double value) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("NaN lies in no bin");
            }
            if (value < bounds[0]) {
                below++;
            } else if (value > bounds[counts.length]) {
                above++;
            } else {
                // Adding zero makes -0 and 0 one value, which binary search tells apart.
                var place = Arrays.binarySearch(bounds, value + 0.0);
                var bin = place >= 0 ? place : -place - 2;
                counts[Math.min(bin, counts.length - 1)]++;
            }
        }

        /** The histogram of what was added. */
        public Histogram histogram() {
            return new Histogram(edges, Arrays.stream(counts).boxed().toList(), below, above);
        }
    }
}
