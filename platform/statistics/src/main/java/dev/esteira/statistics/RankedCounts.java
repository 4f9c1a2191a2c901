package dev.esteira.statistics;

/**
 * Counts the pairs of a positive and a negative row from rows that come grouped by value, the largest value first. Exact
 * below 2^62 pairs. For one thread.
 */
public final class RankedCounts {

    private long positives;
    private long negatives;
    private long twiceWon;

    /** Adds the rows that share the next smaller value. */
    public void add(long positives, long negatives) {
        // A pair counts 2 when its positive row has the larger value, 1 when both share one.
        twiceWon += negatives * (2 * this.positives + positives);
        this.positives += positives;
        this.negatives += negatives;
    }

    /**
     * The area under the ROC curve in the better direction, max(AUC, 1 − AUC), from 0.5 to 1. Rows without a value are
     * tied with each other and stand below all others or above, whichever scores more. Undefined without rows of both
     * labels.
     */
    public MetricValue areaEitherWay(long missingPositives, long missingNegatives) {
        var allPositives = positives + missingPositives;
        var allNegatives = negatives + missingNegatives;
        if (allPositives == 0) {
            return new MetricValue.Undefined(allNegatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES);
        }
        if (allNegatives == 0) {
            return new MetricValue.Undefined(Reasons.NO_NEGATIVES);
        }
        var among = twiceWon + missingPositives * missingNegatives;
        var below = among + 2 * positives * missingNegatives;
        var above = among + 2 * missingPositives * negatives;
        var pairs = 2.0 * allPositives * allNegatives;
        return MetricValue.of(Math.max(farther(below / pairs), farther(above / pairs)));
    }

    private static double farther(double area) {
        return Math.max(area, 1 - area);
    }
}
