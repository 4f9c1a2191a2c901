package dev.esteira.statistics;

/**
 * What one walk down the ranking of scores tells about two classes: area under the ROC curve, average precision and the
 * Kolmogorov-Smirnov distance. Counts of rows are summed exactly (below 2^53), so without weights the area is exact but
 * for one division.
 *
 * @param positives weight of the positive rows
 * @param negatives weight of the negative rows
 * @param twicePairsWon sum over pairs of a positive and a negative row of 2 when the positive one is ahead, 1 when tied
 * @param precisionSum sum over ties of their positive weight times the precision down to them
 * @param distance largest distance of positives and negatives seen so far, times both totals
 */
record RankTally(double positives, double negatives, double twicePairsWon, double precisionSum, double distance) {

    static RankTally of(RankOrder order, double[] labels, double[] weights) {
        var positives = 0.0;
        var negatives = 0.0;
        for (var row = 0; row < labels.length; row++) {
            positives += labels[row] * weights[row];
            negatives += (1 - labels[row]) * weights[row];
        }
        var pairs = 0.0;
        var precision = 0.0;
        var distance = 0.0;
        var above = 0.0;
        var aboveNegative = 0.0;
        var tied = 0.0;
        var tiedNegative = 0.0;
        for (var place = 0; place < order.size(); place++) {
            var row = order.row(place);
            tied += labels[row] * weights[row];
            tiedNegative += (1 - labels[row]) * weights[row];
            if (order.lastOfTie(place)) {
                pairs += tiedNegative * (2 * above + tied);
                above += tied;
                aboveNegative += tiedNegative;
                if (tied > 0) {
                    precision += tied * (above / (above + aboveNegative));
                }
                distance = Math.max(distance, Math.abs(above * negatives - aboveNegative * positives));
                tied = 0;
                tiedNegative = 0;
            }
        }
        return new RankTally(positives, negatives, pairs, precision, distance);
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

    MetricValue ks() {
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
