package dev.esteira.statistics;

import java.util.stream.IntStream;

/**
 * The rows in descending order of a value, equal values in the order of the rows, with the places where the value
 * changes. Sorted once and then walked for every slice and every bootstrap round.
 */
final class RankOrder {

    private static final int DIGITS = 8;
    private static final int BUCKETS = 1 << DIGITS;

    private final int[] rows;
    private final boolean[] lastOfTie;

    private RankOrder(int[] rows, boolean[] lastOfTie) {
        this.rows = rows;
        this.lastOfTie = lastOfTie;
    }

    /** Sorts by radix in linear time; no value may be NaN. */
    static RankOrder descending(double[] values) {
        var keys = new long[values.length];
        for (var row = 0; row < keys.length; row++) {
            // Adding zero makes -0 and 0 one value; flipping bits makes unsigned order descending.
            var bits = Double.doubleToRawLongBits(values[row] + 0.0);
            keys[row] = bits < 0 ? bits : ~bits & Long.MAX_VALUE;
        }
        return of(values, sorted(keys));
    }

    /** An order that the caller knows already. */
    static RankOrder of(double[] values, int[] rows) {
        var last = new boolean[rows.length];
        for (var place = 0; place < rows.length; place++) {
            last[place] = place + 1 == rows.length || values[rows[place]] != values[rows[place + 1]];
        }
        return new RankOrder(rows, last);
    }

    int size() {
        return rows.length;
    }

    int row(int place) {
        return rows[place];
    }

    boolean lastOfTie(int place) {
        return lastOfTie[place];
    }

    private static int[] sorted(long[] keys) {
        var counts = new int[Long.SIZE / DIGITS][BUCKETS];
        for (var key : keys) {
            for (var digit = 0; digit < counts.length; digit++) {
                counts[digit][bucket(key, digit)]++;
            }
        }
        var from = new Pass(keys, IntStream.range(0, keys.length).toArray());
        var to = new Pass(new long[keys.length], new int[keys.length]);
        for (var digit = 0; digit < counts.length; digit++) {
            if (IntStream.of(counts[digit]).noneMatch(count -> count == keys.length)) {
                from.scatter(digit, counts[digit], to);
                var swap = from;
                from = to;
                to = swap;
            }
        }
        return from.rows;
    }

    private static int bucket(long key, int digit) {
        return (int) (key >>> (digit * DIGITS)) & (BUCKETS - 1);
    }

    /** The rows as one pass leaves them; their keys go with them, so that each pass reads straight on. */
    private static final class Pass {
        private final long[] keys;
        private final int[] rows;

        Pass(long[] keys, int[] rows) {
            this.keys = keys;
            this.rows = rows;
        }

        void scatter(int digit, int[] counts, Pass to) {
            var places = new int[BUCKETS];
            for (var bucket = 1; bucket < BUCKETS; bucket++) {
                places[bucket] = places[bucket - 1] + counts[bucket - 1];
            }
            for (var at = 0; at < rows.length; at++) {
                var place = places[bucket(keys[at], digit)]++;
                to.keys[place] = keys[at];
                to.rows[place] = rows[at];
            }
        }
    }
}
