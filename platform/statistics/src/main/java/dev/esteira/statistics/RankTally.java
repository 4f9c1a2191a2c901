package dev.esteira.statistics;

/**
 * What one walk down the ranking of scores tells about two classes: area under the ROC curve and average precision.
 * Counts of rows are summed exactly (below 2^53), so without weights the area is exact but for one division.
 *
 * @param positives weight of the positive rows
 * @param negatives weight of the negative rows
 * @param twicePairsWon sum over pairs of a positive and a negative row of 2 when the positive one is ahead, 1 when tied
 * @param precisionSum sum over ties of their positive weight times the precision down to them
 */
record RankTally(double positives, double negatives, double twicePairsWon, double precisionSum) {

    /** @param rankedLabels the labels in the order of the ranks */
    static RankTally of(RankOrder order, double[] rankedLabels, double[] weights) {
        var pairs = 0.0;
        var precision = 0.0;
        var above = 0.0;
        var aboveNegative = 0.0;
        var tied = 0.0;
        var tiedNegative = 0.0;
        for (var place = 0; place < order.size(); place++) {
            var weight = weights[order.row(place)];
            tied += rankedLabels[place] * weight;
            tiedNegative += (1 - rankedLabels[place]) * weight;
            if (order.lastOfTie(place)) {
                pairs += tiedNegative * (2 * above + tied);
                above += tied;
                aboveNegative += tiedNegative;
                // Where nothing is above, nothing is tied either; asking would cost more than dividing.
                precision += tied * (above / Math.max(above + aboveNegative, Double.MIN_NORMAL));
                tied = 0;
                tiedNegative = 0;
            }
        }
        return new RankTally(above, aboveNegative, pairs, precision);
    }

    MetricValue rocAuc() {
        return ofBoth(twicePairsWon / (2 * positives * negatives));
    }

    MetricValue gini() {
        return ofBoth(twicePairsWon / (positives * negatives) - 1);
    }

    MetricValue averagePrecision() {
        return MetricValue.ratio(precisionSum, positives, none());
    }

    /** The Kolmogorov-Smirnov distance: the largest one of the shares of both classes seen so far, in a walk of its own. */
    MetricValue ks(RankOrder order, double[] rankedLabels, double[] weights) {
        var distance = 0.0;
        var above = 0.0;
        var aboveNegative = 0.0;
        for (var place = 0; place < order.size(); place++) {
            var weight = weights[order.row(place)];
            above += rankedLabels[place] * weight;
            aboveNegative += (1 - rankedLabels[place]) * weight;
            if (order.lastOfTie(place)) {
                distance = Math.max(distance, Math.abs(above * negatives - aboveNegative * positives));
            }
        }
        return ofBoth(distance / (positives * negatives));
    }

    private MetricValue ofBoth(double value) {
        if (positives == 0) {
            return new MetricValue.Undefined(none());
        }
        return negatives == 0 ? new MetricValue.Undefined(Reasons.NO_NEGATIVES) : MetricValue.of(value);
    }

    private String none() {
        return negatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES;
    }
}
