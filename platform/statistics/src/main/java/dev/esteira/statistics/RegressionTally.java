package dev.esteira.statistics;

import java.util.function.DoubleBinaryOperator;

/** The sums behind the metrics of a predicted number. */
final class RegressionTally implements Tally {

    private final Predictions predictions;
    private final PreparedRegression prepared;
    private final double[] weights;

    RegressionTally(PreparedRegression prepared, double[] weights) {
        this.predictions = prepared.predictions();
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
            case ADJUSTED_R2 -> adjusted(explained(0), asked.argument(0));
            case PINBALL -> mean((label, prediction) -> pinball(label, prediction, asked.argument(0)), "");
            case TWEEDIE_DEVIANCE ->
                mean((label, prediction) -> tweedieDeviance(label, prediction, asked.argument(0)), Reasons.NO_COUNTS);
            case RESIDUAL_QUANTILE -> residualQuantile(asked.argument(0));
            case F_BETA, GAIN, LIFT, RECALL_AT_PRECISION, RECALL_AT_FPR, COST ->
                throw new IllegalArgumentException(asked.key() + " is a metric of a binary label");
        };
    }

    private MetricValue plain(PlainMetric metric) {
        return switch (metric) {
            case BIAS -> mean((label, prediction) -> prediction - label, "");
            case RMSE -> squaredError(true);
            case MSE -> squaredError(false);
            case MAE -> absoluteError();
            case MEDAE -> medianError();
            case MAX_ERROR -> largestError();
            case R2 -> explained(0);
            case EXPLAINED_VARIANCE -> explained(meanError());
            case MAPE -> relativeError();
            case WAPE -> weightedRelativeError();
            case SMAPE -> mean(RegressionTally::symmetricError, "");
            case RMSLE -> root(mean(RegressionTally::squaredLogError, Reasons.BELOW_ZERO));
            case POISSON_DEVIANCE -> mean(RegressionTally::poissonDeviance, Reasons.NO_COUNTS);
            case GAMMA_DEVIANCE -> mean(RegressionTally::gammaDeviance, Reasons.NOT_ABOVE_ZERO);
            case ROC_AUC,
                    AVERAGE_PRECISION,
                    LOG_LOSS,
                    BRIER,
                    BRIER_SKILL,
                    ACCURACY,
                    BALANCED_ACCURACY,
                    PRECISION,
                    RECALL,
                    SPECIFICITY,
                    F1,
                    MCC,
                    COHEN_KAPPA,
                    GINI,
                    KS,
                    ECE -> throw new IllegalArgumentException(metric + " is a metric of a binary label");
        };
    }

    private double total() {
        var total = 0.0;
        for (var weight : weights) {
            total += weight;
        }
        return total;
    }

    private double squares(double shift) {
        var sum = 0.0;
        for (var row = 0; row < weights.length; row++) {
            var error = predictions.label(row) - predictions.score(row) - shift;
            sum += weights[row] * (error * error);
        }
        return sum;
    }

    private MetricValue squaredError(boolean root) {
        var total = total();
        if (total == 0) {
            return new MetricValue.Undefined(Reasons.NO_ROWS);
        }
        var mean = squares(0) / total;
        return MetricValue.of(root ? Math.sqrt(mean) : mean);
    }

    private MetricValue absoluteError() {
        var errors = prepared.absoluteErrors();
        var sum = 0.0;
        for (var row = 0; row < errors.length; row++) {
            sum += weights[row] * errors[row];
        }
        return MetricValue.ratio(sum, total(), Reasons.NO_ROWS);
    }

    private MetricValue largestError() {
        for (var place = 0; place < prepared.order().size(); place++) {
            var row = prepared.order().row(place);
            if (weights[row] > 0) {
                return MetricValue.of(prepared.absoluteErrors()[row]);
            }
        }
        return new MetricValue.Undefined(Reasons.NO_ROWS);
    }

    /** Walks up from the smallest error to half of the weight; at exactly half, the next error counts as well. */
    private MetricValue medianError() {
        var half = total() / 2;
        var errors = prepared.absoluteErrors();
        var passed = 0.0;
        var lower = Double.NaN;
        for (var place = prepared.order().size() - 1; place >= 0; place--) {
            var row = prepared.order().row(place);
            if (weights[row] == 0) {
                continue;
            }
            if (!Double.isNaN(lower)) {
                return MetricValue.of(lower + (errors[row] - lower) / 2);
            }
            passed += weights[row];
            if (passed > half) {
                return MetricValue.of(errors[row]);
            }
            if (passed == half) {
                lower = errors[row];
            }
        }
        return Double.isNaN(lower) ? new MetricValue.Undefined(Reasons.NO_ROWS) : MetricValue.of(lower);
    }

    private double meanError() {
        var sum = 0.0;
        for (var row = 0; row < weights.length; row++) {
            sum += weights[row] * (predictions.label(row) - predictions.score(row));
        }
        return sum / total();
    }

    private MetricValue explained(double shift) {
        var lowest = Double.POSITIVE_INFINITY;
        var highest = Double.NEGATIVE_INFINITY;
        var sum = 0.0;
        for (var row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                lowest = Math.min(lowest, predictions.label(row));
                highest = Math.max(highest, predictions.label(row));
                sum += weights[row] * predictions.label(row);
            }
        }
        // Compared by value: squared deviations of a constant label need not round to zero.
        if (!(lowest < highest)) {
            return new MetricValue.Undefined(Reasons.CONSTANT_LABEL);
        }
        var mean = sum / total();
        var deviations = 0.0;
        for (var row = 0; row < weights.length; row++) {
            var deviation = predictions.label(row) - mean;
            deviations += weights[row] * (deviation * deviation);
        }
        return MetricValue.of(1 - squares(shift) / deviations);
    }

    private MetricValue adjusted(MetricValue r2, double features) {
        var left = total() - features - 1;
        if (r2 instanceof MetricValue.Defined(var value)) {
            return left > 0
                    ? MetricValue.of(1 - (1 - value) * ((total() - 1) / left))
                    : new MetricValue.Undefined(Reasons.FEW_ROWS);
        }
        return r2;
    }

    private MetricValue residualQuantile(double share) {
        var total = total();
        var order = prepared.residualOrder();
        var passed = 0.0;
        for (var place = order.size() - 1; place >= 0; place--) {
            var row = order.row(place);
            passed += weights[row];
            if (weights[row] > 0 && passed / total >= share) {
                return MetricValue.of(predictions.label(row) - predictions.score(row));
            }
        }
        return new MetricValue.Undefined(Reasons.NO_ROWS);
    }

    private MetricValue relativeError() {
        var errors = prepared.absoluteErrors();
        var sum = 0.0;
        for (var row = 0; row < errors.length; row++) {
            if (weights[row] > 0) {
                if (predictions.label(row) == 0) {
                    return new MetricValue.Undefined(Reasons.ZERO_LABEL);
                }
                sum += weights[row] * (errors[row] / Math.abs(predictions.label(row)));
            }
        }
        return MetricValue.ratio(sum, total(), Reasons.NO_ROWS);
    }

    private MetricValue weightedRelativeError() {
        var errors = prepared.absoluteErrors();
        var sum = 0.0;
        var labels = 0.0;
        for (var row = 0; row < errors.length; row++) {
            sum += weights[row] * errors[row];
            labels += weights[row] * Math.abs(predictions.label(row));
        }
        return MetricValue.ratio(sum, labels, Reasons.ONLY_ZERO_LABELS);
    }

    /** The weighted mean of what each row costs; undefined for the reason given when a row has no cost (NaN). */
    private MetricValue mean(DoubleBinaryOperator cost, String reason) {
        var sum = 0.0;
        for (var row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                var own = cost.applyAsDouble(predictions.label(row), predictions.score(row));
                if (Double.isNaN(own)) {
                    return new MetricValue.Undefined(reason);
                }
                sum += weights[row] * own;
            }
        }
        return MetricValue.ratio(sum, total(), Reasons.NO_ROWS);
    }

    private static MetricValue root(MetricValue value) {
        return value instanceof MetricValue.Defined(var number) ? MetricValue.of(Math.sqrt(number)) : value;
    }

    private static double symmetricError(double label, double prediction) {
        var size = Math.abs(label) + Math.abs(prediction);
        return size == 0 ? 0 : 2 * Math.abs(label - prediction) / size;
    }

    private static double squaredLogError(double label, double prediction) {
        if (label < 0 || prediction < 0) {
            return Double.NaN;
        }
        var error = StrictMath.log1p(label) - StrictMath.log1p(prediction);
        return error * error;
    }

    private static double poissonDeviance(double label, double prediction) {
        if (label < 0 || prediction <= 0) {
            return Double.NaN;
        }
        var likelihood = label == 0 ? 0 : label * StrictMath.log(label / prediction);
        return 2 * (likelihood - label + prediction);
    }

    private static double gammaDeviance(double label, double prediction) {
        return label <= 0 || prediction <= 0
                ? Double.NaN
                : 2 * (StrictMath.log(prediction / label) + label / prediction - 1);
    }

    private static double pinball(double label, double prediction, double quantile) {
        var error = label - prediction;
        return error >= 0 ? quantile * error : (quantile - 1) * error;
    }

    private static double tweedieDeviance(double label, double prediction, double power) {
        if (label < 0 || prediction <= 0) {
            return Double.NaN;
        }
        return 2
                * (StrictMath.pow(label, 2 - power) / ((1 - power) * (2 - power))
                        - label * StrictMath.pow(prediction, 1 - power) / (1 - power)
                        + StrictMath.pow(prediction, 2 - power) / (2 - power));
    }
}
