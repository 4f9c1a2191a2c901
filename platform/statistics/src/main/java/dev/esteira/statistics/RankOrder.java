package dev.esteira.statistics;

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
        var rows = new int[keys.length];
        for (var row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        var spare = new int[keys.length];
        for (var shift = 0; shift < Long.SIZE; shift += DIGITS) {
            if (scatter(keys, shift, rows, spare)) {
                var swap = rows;
                rows = spare;
                spare = swap;
            }
        }
        return rows;
    }

    /** One pass over one digit; false when all rows have the same one and nothing was moved. */
    private static boolean scatter(long[] keys, int shift, int[] from, int[] to) {
        var starts = new int[BUCKETS + 1];
        for (var key : keys) {
            starts[digit(key, shift) + 1]++;
        }
        for (var bucket = 0; bucket < BUCKETS; bucket++) {
            if (starts[bucket + 1] == keys.length && keys.length > 0) {
                return false;
            }
            starts[bucket + 1] += starts[bucket];
        }
        for (var row : from) {
            to[starts[digit(keys[row], shift)]++] = row;
        }
        return true;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (BUCKETS - 1);
    }
}
