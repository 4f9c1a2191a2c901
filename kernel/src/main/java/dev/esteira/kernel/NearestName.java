package dev.esteira.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {

    /** The work grows with the product of two lengths, and nobody misspells a name that long. */
    @Limit(value = "A name for which the nearest known one is looked for.", unit = "characters")
    private static final int LENGTH_MAX = 200;

    private NearestName() {}

    /**
     * The candidate nearest to the word, empty when none is near: at most a third of the letters may differ, counted as
     * insertions, deletions, changes and swaps of neighbours (optimal string alignment), upper and lower case alike.
     * Names of more than 200 characters are near to none.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        if (word.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var limit = Math.max(1, (word.length() + 1) / 3);
        return candidates.stream()
                .filter(candidate -> candidate.length() <= LENGTH_MAX)
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var table = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, table);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] table) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var best = Math.min(table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
