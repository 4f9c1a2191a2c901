package dev.esteira.statistics;

import java.util.Arrays;

/** What a bootstrap round draws with replacement: rows, or clusters of rows that belong together. Immutable. */
public final class Resampling {

    /** Rows one by one, for rows that are independent of each other. */
    public static final Resampling ROWS = new Resampling(new int[0], new int[0]);

    /** Rows sorted by cluster; those of cluster c are from {@code starts[c]} to {@code starts[c + 1]} (exclusive). */
    private final int[] members;

    private final int[] starts;

    private Resampling(int[] members, int[] starts) {
        this.members = members;
        this.starts = starts;
    }

    /**
     * Whole clusters: all rows of one customer, or of one day. As many clusters are drawn as there are (Davison and
     * Hinkley 1997, §3.8), so the number of rows differs between rounds.
     *
     * @param clusterOfRow any number per row; equal numbers form a cluster
     */
    public static Resampling clusters(int[] clusterOfRow) {
        var distinct = Arrays.stream(clusterOfRow).distinct().sorted().toArray();
        var starts = new int[distinct.length + 1];
        var dense = new int[clusterOfRow.length];
        for (var row = 0; row < dense.length; row++) {
            dense[row] = Arrays.binarySearch(distinct, clusterOfRow[row]);
            starts[dense[row] + 1]++;
        }
        for (var cluster = 0; cluster < distinct.length; cluster++) {
            starts[cluster + 1] += starts[cluster];
        }
        var next = starts.clone();
        var members = new int[dense.length];
        for (var row = 0; row < dense.length; row++) {
            members[next[dense[row]]++] = row;
        }
        return new Resampling(members, starts);
    }

    /** Whether clusters were given for this number of rows; single rows fit any number. */
    boolean fits(int rows) {
        return starts.length == 0 || members.length == rows;
    }

    /** Sets how often each row is drawn. */
    void draw(SeededDraws draws, double[] counts) {
        Arrays.fill(counts, 0);
        if (starts.length == 0) {
            for (var i = 0; i < counts.length; i++) {
                counts[draws.below(counts.length)]++;
            }
            return;
        }
        var clusters = starts.length - 1;
        for (var i = 0; i < clusters; i++) {
            var cluster = draws.below(clusters);
            for (var place = starts[cluster]; place < starts[cluster + 1]; place++) {
                counts[members[place]]++;
            }
        }
    }
}
