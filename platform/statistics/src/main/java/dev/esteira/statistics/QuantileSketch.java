package dev.esteira.statistics;

import dev.esteira.kernel.Limit;
import java.util.Arrays;

/**
 * Quantiles of many numbers in bounded memory, mergeable, and the same to the bit for the same parts merged in the same
 * order. Up to its capacity it keeps every number and is exact. Beyond, a full level is sorted and every other number
 * moves up a level, where it stands for twice as many (Munro and Paterson 1980; Manku, Rajagopalan and Lindsay 1998).
 * Which half moves alternates, where the KLL sketch of Apache DataSketches tosses a coin that cannot be seeded. What the
 * compactions may have cost is summed up and told: {@link #rankError()} is a guarantee, not an estimate. Immutable.
 */
public final class QuantileSketch {

    /** A capacity that keeps the error below 0.1 % for up to a hundred million numbers, in 128 KiB per level. */
    public static final int DEFAULT_CAPACITY = 16_384;

    private static final int MIN_CAPACITY = 16;

    @Limit(value = "Values that a quantile sketch keeps.", unit = "values")
    private static final int MAX_CAPACITY = 1 << 24;

    private final State state;

    /** Every number kept, ascending. */
    private final double[] values;

    /** The sum of what the numbers up to this one stand for. */
    private final long[] cumulative;

    private QuantileSketch(State state) {
        this.state = state;
        var size = Arrays.stream(state.sizes).sum();
        var all = new double[size];
        var levels = new int[size];
        var filled = 0;
        for (var level = 0; level < state.levels.length; level++) {
            for (var i = 0; i < state.sizes[level]; i++) {
                levels[filled] = level;
                all[filled++] = state.levels[level][i];
            }
        }
        var order = RankOrder.descending(all);
        this.values = new double[size];
        this.cumulative = new long[size];
        var total = 0L;
        for (var place = size - 1; place >= 0; place--) {
            var row = order.row(place);
            total += 1L << levels[row];
            values[size - 1 - place] = all[row];
            cumulative[size - 1 - place] = total;
        }
    }

    /** How many numbers were added. */
    public long count() {
        return state.count;
    }

    /** How many numbers fit before the sketch stops being exact. */
    public int capacity() {
        return state.capacity;
    }

    /** Whether every number is still kept. */
    public boolean exact() {
        return state.lost == 0;
    }

    /** The most by which {@link #share} may be wrong, as a share of the count; 0 when exact. */
    public double rankError() {
        return state.count == 0 ? 0 : Math.min(1, (double) state.lost / state.count);
    }

    /**
     * The quantile, interpolated linearly between neighbours like {@link Quantiles#of}; undefined without numbers. The
     * minimum and the maximum are exact always.
     *
     * @param share 0 (the minimum) to 1 (the maximum)
     */
    public MetricValue quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("No quantile at " + share);
        }
        if (state.count == 0) {
            return new MetricValue.Undefined("no values");
        }
        if (share == 0 || share == 1) {
            return MetricValue.of(share == 0 ? state.min : state.max);
        }
        var position = share * (state.count - 1);
        var below = (long) Math.floor(position);
        return MetricValue.of(
                Quantiles.between(nth(below), nth(Math.min(below + 1, state.count - 1)), position - below));
    }

    /** The share of numbers at most this one; undefined without numbers. */
    public MetricValue share(double value) {
        var low = 0;
        var high = values.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (values[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return MetricValue.ratio((double) (low == 0 ? 0 : cumulative[low - 1]), (double) state.count, "no values");
    }

    /**
     * The sketch of both together; in a sequence, this comes first.
     *
     * @throws IllegalArgumentException when the capacities differ
     */
    public QuantileSketch merge(QuantileSketch other) {
        var merged = new State(state);
        merged.absorb(other.state);
        return new QuantileSketch(merged);
    }

    private double nth(long place) {
        var found = Arrays.binarySearch(cumulative, place + 1);
        return values[found >= 0 ? found : -found - 1];
    }

    /** Collects numbers one by one. For one thread. */
    public static final class Accumulator {

        private final State state;

        /** @param capacity an even number from 16 to 2^24; {@link #DEFAULT_CAPACITY} is usual */
        public Accumulator(int capacity) {
            this.state = new State(capacity);
        }

        /** Adds one number; NaN and infinite ones are refused, the caller counts those apart. */
        public void add(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A sketch is of finite numbers, not of " + value);
            }
            state.add(value);
        }

        /** The sketch of what was added. */
        public QuantileSketch sketch() {
            return new QuantileSketch(new State(state));
        }
    }

    /** The levels; a number on level h stands for 2^h numbers. */
    private static final class State {

        private final int capacity;
        private double[][] levels;
        private int[] sizes;
        private boolean[] odd;
        private long count;
        private long lost;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        State(int capacity) {
            if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || capacity % 2 != 0) {
                throw new IllegalArgumentException("No sketch of capacity " + capacity);
            }
            this.capacity = capacity;
            this.levels = new double[][] {new double[MIN_CAPACITY]};
            this.sizes = new int[1];
            this.odd = new boolean[1];
        }

        State(State from) {
            capacity = from.capacity;
            levels = new double[from.levels.length][];
            for (var level = 0; level < levels.length; level++) {
                levels[level] = Arrays.copyOf(from.levels[level], Math.max(MIN_CAPACITY, from.sizes[level]));
            }
            sizes = from.sizes.clone();
            odd = from.odd.clone();
            count = from.count;
            lost = from.lost;
            min = from.min;
            max = from.max;
        }

        void add(double value) {
            count++;
            min = Math.min(min, value);
            max = Math.max(max, value);
            push(0, value);
            if (sizes[0] > capacity) {
                compact(0);
            }
        }

        void absorb(State other) {
            if (capacity != other.capacity) {
                throw new IllegalArgumentException(
                        "Sketches of capacities " + capacity + " and " + other.capacity + " do not merge");
            }
            count += other.count;
            lost += other.lost;
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
            for (var level = 0; level < other.levels.length; level++) {
                for (var i = 0; i < other.sizes[level]; i++) {
                    push(level, other.levels[level][i]);
                }
            }
            for (var level = 0; level < levels.length; level++) {
                if (sizes[level] > capacity) {
                    compact(level);
                }
            }
        }

        /** Moves every other number up; of an odd number of them the largest stays. */
        private void compact(int level) {
            var own = levels[level];
            var pairs = sizes[level] / 2;
            Arrays.sort(own, 0, sizes[level]);
            var stays = sizes[level] % 2 == 1 ? own[sizes[level] - 1] : Double.NaN;
            for (var pair = 0; pair < pairs; pair++) {
                push(level + 1, own[2 * pair + (odd[level] ? 1 : 0)]);
            }
            odd[level] = !odd[level];
            sizes[level] = 0;
            if (!Double.isNaN(stays)) {
                push(level, stays);
            }
            // Whatever number is asked for, at most one pair is split by it.
            lost += 1L << level;
            if (sizes[level + 1] > capacity) {
                compact(level + 1);
            }
        }

        private void push(int level, double value) {
            // A level below may be empty when this one is merged in.
            while (level >= levels.length) {
                var height = levels.length;
                levels = Arrays.copyOf(levels, height + 1);
                sizes = Arrays.copyOf(sizes, height + 1);
                odd = Arrays.copyOf(odd, height + 1);
                levels[height] = new double[MIN_CAPACITY];
            }
            if (sizes[level] == levels[level].length) {
                levels[level] = Arrays.copyOf(levels[level], 2 * levels[level].length);
            }
            levels[level][sizes[level]++] = value;
        }
    }
}
