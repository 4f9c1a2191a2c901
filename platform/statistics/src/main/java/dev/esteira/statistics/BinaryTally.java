package dev.esteira.statistics;

import org.jspecify.annotations.Nullable;

/** The sums behind the metrics of a binary label. */
final class BinaryTally implements Tally {

    static final int CALIBRATION_BINS = 10;

    private final PreparedBinary prepared;
    private final double[] weights;
    private @Nullable RankTally ranks;
    private @Nullable ConfusionMatrix decisions;
    private double total = Double.NaN;

    BinaryTally(PreparedBinary prepared, double[] weights) {
        this.prepared = prepared;
        this.weights = weights;
    }

    @Override
    public MetricValue value(Metric metric) {
        return switch (metric) {
            case PlainMetric plain -> plain(plain);
            case MetricWithArguments asked -> withArguments(asked);
        };
    }

    private MetricValue withArguments(MetricWithArguments asked) {
        return switch (asked.kind()) {
            case F_BETA -> decisions().fBeta(asked.argument(0));
            case COST -> decisions().cost(asked.argument(0), asked.argument(1));
            case GAIN -> walk().gain(asked.argument(0));
            case LIFT -> walk().lift(asked.argument(0));
            case RECALL_AT_PRECISION -> walk().recallAtPrecision(asked.argument(0));
            case RECALL_AT_FPR -> walk().recallAtFalsePositiveRate(asked.argument(0));
            case ADJUSTED_R2, PINBALL, TWEEDIE_DEVIANCE, RESIDUAL_QUANTILE ->
                throw new IllegalArgumentException(asked.key() + " is a metric of regression");
        };
    }

    private RankWalk walk() {
        return new RankWalk(prepared, weights, ranks());
    }

    private MetricValue plain(PlainMetric metric) {
        return switch (metric) {
            case ROC_AUC -> ranks().rocAuc();
            case AVERAGE_PRECISION -> ranks().averagePrecision();
            case GINI -> ranks().gini();
            case KS -> ranks().ks(prepared.order(), prepared.rankedLabels(), weights);
            case LOG_LOSS -> logLoss();
            case BRIER -> brier();
            case BRIER_SKILL -> brierSkill();
            case ECE -> calibrationError();
            case ACCURACY -> decisions().accuracy();
            case BALANCED_ACCURACY -> decisions().balancedAccuracy();
            case PRECISION -> decisions().precision();
            case RECALL -> decisions().recall();
            case SPECIFICITY -> decisions().specificity();
            case F1 -> decisions().f1();
            case MCC -> decisions().mcc();
            case COHEN_KAPPA -> decisions().cohenKappa();
            case BIAS,
                    RMSE,
                    MSE,
                    MAE,
                    MEDAE,
                    MAX_ERROR,
                    R2,
                    EXPLAINED_VARIANCE,
                    MAPE,
                    WAPE,
                    SMAPE,
                    RMSLE,
                    POISSON_DEVIANCE,
                    GAMMA_DEVIANCE -> throw new IllegalArgumentException(metric + " is a metric of regression");
        };
    }

    private RankTally ranks() {
        var known = ranks;
        if (known == null) {
            known = RankTally.of(prepared.order(), prepared.rankedLabels(), weights);
            ranks = known;
        }
        return known;
    }

    private ConfusionMatrix decisions() {
        var known = decisions;
        if (known == null) {
            known = ConfusionMatrix.of(prepared.predictions(), weights);
            decisions = known;
        }
        return known;
    }

    private double total() {
        if (Double.isNaN(total)) {
            total = LaneSums.of(weights);
        }
        return total;
    }

    private MetricValue logLoss() {
        return MetricValue.ratio(LaneSums.ofProducts(prepared.logLosses(), weights), total(), Reasons.NO_ROWS);
    }

    private MetricValue brier() {
        return MetricValue.ratio(LaneSums.ofProducts(prepared.squaredErrors(), weights), total(), Reasons.NO_ROWS);
    }

    private MetricValue brierSkill() {
        var positives = ranks().positives();
        var negatives = ranks().negatives();
        if (positives == 0 || negatives == 0) {
            return new MetricValue.Undefined(
                    positives + negatives == 0
                            ? Reasons.NO_ROWS
                            : positives == 0 ? Reasons.NO_POSITIVES : Reasons.NO_NEGATIVES);
        }
        var rate = positives / (positives + negatives);
        return brier() instanceof MetricValue.Defined(var score)
                ? MetricValue.of(1 - score / (rate * (1 - rate)))
                : new MetricValue.Undefined(Reasons.NO_ROWS);
    }

    private MetricValue calibrationError() {
        var labels = prepared.predictions().labels();
        var scores = prepared.predictions().scores();
        var gaps = new double[CALIBRATION_BINS];
        for (var row = 0; row < labels.length; row++) {
            var bin = Math.min(CALIBRATION_BINS - 1, (int) (scores[row] * CALIBRATION_BINS));
            gaps[bin] += weights[row] * (scores[row] - labels[row]);
        }
        var sum = 0.0;
        for (var gap : gaps) {
            sum += Math.abs(gap);
        }
        return MetricValue.ratio(sum, total(), Reasons.NO_ROWS);
    }
}
