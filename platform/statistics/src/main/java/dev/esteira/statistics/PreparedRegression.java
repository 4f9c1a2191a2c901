package dev.esteira.statistics;

import java.util.ArrayList;
import java.util.List;

/** Predicted numbers with the absolute error of each row and the order of these errors. */
final class PreparedRegression implements Prepared {

    private final Predictions predictions;
    private final double[] absoluteErrors;
    private final RankOrder order;
    private final RankOrder residualOrder;

    PreparedRegression(Predictions predictions) {
        this.predictions = predictions;
        this.absoluteErrors = new double[predictions.size()];
        var residuals = new double[predictions.size()];
        for (var row = 0; row < residuals.length; row++) {
            residuals[row] = predictions.label(row) - predictions.score(row);
            absoluteErrors[row] = Math.abs(residuals[row]);
        }
        this.order = RankOrder.descending(absoluteErrors);
        this.residualOrder = RankOrder.descending(residuals);
    }

    @Override
    public Predictions predictions() {
        return predictions;
    }

    @Override
    public Tally tally(double[] weights) {
        return new RegressionTally(this, weights);
    }

    @Override
    public List<Prepared> parts(List<int[]> rows) {
        var parts = new ArrayList<Prepared>();
        rows.forEach(own -> parts.add(new PreparedRegression(predictions.rows(own))));
        return parts;
    }

    double[] absoluteErrors() {
        return absoluteErrors;
    }

    /** The rows with the largest label minus prediction first. */
    RankOrder residualOrder() {
        return residualOrder;
    }

    /** The rows with the largest error first. */
    RankOrder order() {
        return order;
    }
}
