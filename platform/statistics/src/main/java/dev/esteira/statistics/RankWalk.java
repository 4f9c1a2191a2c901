package dev.esteira.statistics;

/** What the metrics find that stop on their way down the ranking of scores. */
final class RankWalk {

    private final RankOrder order;
    private final double[] rankedLabels;
    private final double[] weights;
    private final double positives;
    private final double negatives;

    RankWalk(PreparedBinary prepared, double[] weights, RankTally totals) {
        this.order = prepared.order();
        this.rankedLabels = prepared.rankedLabels();
        this.weights = weights;
        this.positives = totals.positives();
        this.negatives = totals.negatives();
    }

    private interface Stop {
        /** The recall to keep when the walk has passed all rows of a score; NaN keeps what was found before. */
        double recall(double above, double aboveNegative);
    }

    /** The share of positive rows among a share of all rows; those of the score where it ends count in proportion. */
    MetricValue gain(double share) {
        if (positives == 0) {
            return new MetricValue.Undefined(negatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES);
        }
        var limit = share * (positives + negatives);
        var above = 0.0;
        var aboveNegative = 0.0;
        var tied = 0.0;
        var tiedNegative = 0.0;
        for (var place = 0; place < order.size(); place++) {
            var weight = weights[order.row(place)];
            tied += rankedLabels[place] * weight;
            tiedNegative += (1 - rankedLabels[place]) * weight;
            if (order.lastOfTie(place)) {
                var room = limit - above - aboveNegative;
                if (tied + tiedNegative > room) {
                    return MetricValue.of((above + tied * (room / (tied + tiedNegative))) / positives);
                }
                above += tied;
                aboveNegative += tiedNegative;
                tied = 0;
                tiedNegative = 0;
            }
        }
        return MetricValue.of(1);
    }

    MetricValue lift(double share) {
        return gain(share) instanceof MetricValue.Defined(var gain) ? MetricValue.of(gain / share) : gain(share);
    }

    MetricValue recallAtPrecision(double precision) {
        if (positives == 0) {
            return new MetricValue.Undefined(negatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES);
        }
        var best = best((above, aboveNegative) ->
                above > 0 && above / (above + aboveNegative) >= precision ? above / positives : Double.NaN);
        return Double.isNaN(best) ? new MetricValue.Undefined(Reasons.NO_SUCH_PRECISION) : MetricValue.of(best);
    }

    MetricValue recallAtFalsePositiveRate(double rate) {
        if (positives == 0) {
            return new MetricValue.Undefined(negatives == 0 ? Reasons.NO_ROWS : Reasons.NO_POSITIVES);
        }
        if (negatives == 0) {
            return new MetricValue.Undefined(Reasons.NO_NEGATIVES);
        }
        var best = best((above, aboveNegative) -> aboveNegative / negatives <= rate ? above / positives : Double.NaN);
        return MetricValue.of(Double.isNaN(best) ? 0 : best);
    }

    /** Recall only grows on the way down, so the last one that counts is the largest. */
    private double best(Stop stop) {
        var best = Double.NaN;
        var above = 0.0;
        var aboveNegative = 0.0;
        for (var place = 0; place < order.size(); place++) {
            var weight = weights[order.row(place)];
            above += rankedLabels[place] * weight;
            aboveNegative += (1 - rankedLabels[place]) * weight;
            if (order.lastOfTie(place)) {
                var recall = stop.recall(above, aboveNegative);
                best = Double.isNaN(recall) ? best : recall;
            }
        }
        return best;
    }
}
