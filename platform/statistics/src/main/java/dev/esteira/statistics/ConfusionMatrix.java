package dev.esteira.statistics;

/**
 * Right and wrong decisions, as numbers of rows or sums of their weights. Formulas as in {@code sklearn.metrics}.
 *
 * @param truePositives positive rows decided positive
 * @param falsePositives negative rows decided positive
 * @param trueNegatives negative rows decided negative
 * @param falseNegatives positive rows decided negative
 */
public record ConfusionMatrix(
        double truePositives, double falsePositives, double trueNegatives, double falseNegatives) {

    /** The decisions at the predictions' own threshold, for a binary label. */
    public static ConfusionMatrix of(Predictions predictions) {
        return of(predictions, predictions.newWeights());
    }

    static ConfusionMatrix of(Predictions predictions, double[] weights) {
        Prepared.require(PredictionTask.BINARY, predictions);
        var labels = predictions.labels();
        var scores = predictions.scores();
        var cells = new double[4];
        for (var row = 0; row < labels.length; row++) {
            var decided = scores[row] >= predictions.threshold() ? 1 : 0;
            cells[(int) (2 * labels[row]) + decided] += weights[row];
        }
        return new ConfusionMatrix(cells[3], cells[1], cells[0], cells[2]);
    }

    MetricValue accuracy() {
        return MetricValue.ratio(truePositives + trueNegatives, total(), Reasons.NO_ROWS);
    }

    MetricValue recall() {
        return MetricValue.ratio(truePositives, positives(), Reasons.NO_POSITIVES);
    }

    MetricValue specificity() {
        return MetricValue.ratio(trueNegatives, negatives(), Reasons.NO_NEGATIVES);
    }

    MetricValue precision() {
        return MetricValue.ratio(truePositives, truePositives + falsePositives, Reasons.NONE_DECIDED_POSITIVE);
    }

    MetricValue balancedAccuracy() {
        if (positives() == 0) {
            return new MetricValue.Undefined(Reasons.NO_POSITIVES);
        }
        if (negatives() == 0) {
            return new MetricValue.Undefined(Reasons.NO_NEGATIVES);
        }
        return MetricValue.of((truePositives / positives() + trueNegatives / negatives()) / 2);
    }

    MetricValue f1() {
        return MetricValue.ratio(
                2 * truePositives, 2 * truePositives + falsePositives + falseNegatives, Reasons.NO_POSITIVES);
    }

    MetricValue fBeta(double beta) {
        var square = beta * beta;
        return MetricValue.ratio(
                (1 + square) * truePositives,
                (1 + square) * truePositives + square * falseNegatives + falsePositives,
                Reasons.NO_POSITIVES);
    }

    MetricValue cost(double ofFalsePositive, double ofFalseNegative) {
        return MetricValue.ratio(
                ofFalsePositive * falsePositives + ofFalseNegative * falseNegatives, total(), Reasons.NO_ROWS);
    }

    MetricValue mcc() {
        var decidedPositive = truePositives + falsePositives;
        var decidedNegative = trueNegatives + falseNegatives;
        var covariance = truePositives * trueNegatives - falsePositives * falseNegatives;
        // Roots of two products each stay in range where the product of four would not.
        var scale = Math.sqrt(positives() * negatives()) * Math.sqrt(decidedPositive * decidedNegative);
        return MetricValue.ratio(covariance, scale, Reasons.ONE_DECISION);
    }

    MetricValue cohenKappa() {
        var covariance = truePositives * trueNegatives - falsePositives * falseNegatives;
        var chance = (truePositives + falsePositives) * negatives() + (trueNegatives + falseNegatives) * positives();
        return MetricValue.ratio(2 * covariance, chance, Reasons.ONE_DECISION);
    }

    private double positives() {
        return truePositives + falseNegatives;
    }

    private double negatives() {
        return trueNegatives + falsePositives;
    }

    private double total() {
        return positives() + negatives();
    }
}
