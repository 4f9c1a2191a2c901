package dev.esteira.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Binary predictions with their ranking and the losses of each row. */
final class PreparedBinary implements Prepared {

    /** The distance of 1 from the next greater double: scikit-learn's bound for probabilities in double precision. */
    private static final double CLIP = Math.ulp(1.0);

    private final Predictions predictions;
    private final RankOrder order;
    private final double[] rankedLabels;
    private final double[] logLosses;
    private final double[] squaredErrors;

    PreparedBinary(Predictions predictions, RankOrder order) {
        this.predictions = predictions;
        this.order = order;
        this.rankedLabels = new double[order.size()];
        for (var place = 0; place < rankedLabels.length; place++) {
            rankedLabels[place] = predictions.label(order.row(place));
        }
        this.logLosses = new double[predictions.size()];
        this.squaredErrors = new double[predictions.size()];
        for (var row = 0; row < logLosses.length; row++) {
            var score = predictions.score(row);
            var probability = predictions.label(row) == 1 ? score : 1 - score;
            logLosses[row] = -StrictMath.log(Math.clamp(probability, CLIP, 1 - CLIP));
            squaredErrors[row] = (score - predictions.label(row)) * (score - predictions.label(row));
        }
    }

    @Override
    public Predictions predictions() {
        return predictions;
    }

    @Override
    public Tally tally(double[] weights) {
        return new BinaryTally(this, weights);
    }

    RankOrder order() {
        return order;
    }

    /** The labels in the order of the ranks. */
    double[] rankedLabels() {
        return rankedLabels;
    }

    double[] logLosses() {
        return logLosses;
    }

    double[] squaredErrors() {
        return squaredErrors;
    }

    @Override
    public List<Prepared> parts(List<int[]> rows) {
        var part = new int[predictions.size()];
        var place = new int[predictions.size()];
        Arrays.fill(part, -1);
        var orders = new ArrayList<int[]>();
        for (var number = 0; number < rows.size(); number++) {
            var own = rows.get(number);
            for (var i = 0; i < own.length; i++) {
                part[own[i]] = number;
                place[own[i]] = i;
            }
            orders.add(new int[own.length]);
        }
        var filled = new int[rows.size()];
        for (var i = 0; i < order.size(); i++) {
            var row = order.row(i);
            if (part[row] >= 0) {
                orders.get(part[row])[filled[part[row]]++] = place[row];
            }
        }
        var parts = new ArrayList<Prepared>();
        for (var number = 0; number < rows.size(); number++) {
            var own = predictions.rows(rows.get(number));
            parts.add(new PreparedBinary(own, RankOrder.of(own.scores(), orders.get(number))));
        }
        return parts;
    }
}
