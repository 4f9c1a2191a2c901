package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every metric of predictions. Names and formulas are scikit-learn's (module {@code sklearn.metrics}) where it has the
 * metric, with one difference: where scikit-learn returns 0, 1 or NaN with a warning, the value here is
 * {@link MetricValue.Undefined}. All metrics honour row weights. Metrics of decisions (accuracy, f1 and the like) count a
 * row as positive when its score is at least {@link Predictions#threshold()}.
 */
public enum Metric {
    ROC_AUC(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Chance that a positive row scores above a negative one, ties counting half (roc_auc_score)."),
    AVERAGE_PRECISION(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Precision averaged over the steps of recall, without interpolation (average_precision_score)."),
    LOG_LOSS(
            PredictionTask.BINARY,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean negative natural logarithm of the probability of what happened; probabilities are clipped to"
                    + " [2^-52, 1 - 2^-52], so one row costs at most 36.04 (log_loss on doubles)."),
    BRIER(
            PredictionTask.BINARY,
            Direction.LOWER_IS_BETTER,
            Range.SHARE,
            "Mean squared difference between probability and label (brier_score_loss)."),
    BRIER_SKILL(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.AT_MOST_ONE,
            "1 − brier / that of predicting the rows' own base rate (d2_brier_score); undefined with one class only."),
    ACCURACY(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Share of rows decided rightly (accuracy_score)."),
    BALANCED_ACCURACY(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Mean of recall and specificity (balanced_accuracy_score); undefined with one class only."),
    PRECISION(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Share of positive rows among those decided positive (precision_score)."),
    RECALL(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Share of the positive rows that are decided positive (recall_score)."),
    SPECIFICITY(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Share of the negative rows that are decided negative (recall_score with pos_label=0)."),
    F1(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Harmonic mean of precision and recall, 2TP / (2TP + FP + FN) (f1_score)."),
    MCC(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.CORRELATION,
            "Correlation between decision and label (matthews_corrcoef)."),
    COHEN_KAPPA(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.CORRELATION,
            "Agreement between decision and label beyond chance (cohen_kappa_score)."),
    GINI(PredictionTask.BINARY, Direction.HIGHER_IS_BETTER, Range.CORRELATION, "2 · roc_auc − 1."),
    KS(
            PredictionTask.BINARY,
            Direction.HIGHER_IS_BETTER,
            Range.SHARE,
            "Largest distance between the distributions of scores of the two classes (scipy.stats.ks_2samp)."),
    ECE(
            PredictionTask.BINARY,
            Direction.LOWER_IS_BETTER,
            Range.SHARE,
            "Expected calibration error: mean distance between predicted and observed share over ten bins of equal"
                    + " width, weighted by rows (Naeini, Cooper and Hauskrecht 2015)."),
    RMSE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Root of the mean squared error (root_mean_squared_error)."),
    MSE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean squared error (mean_squared_error)."),
    MAE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean absolute error (mean_absolute_error)."),
    MEDAE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Median absolute error; the mean of the two middle ones of an even number (median_absolute_error)."),
    MAX_ERROR(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Largest absolute error; weights matter only when zero (max_error)."),
    R2(
            PredictionTask.REGRESSION,
            Direction.HIGHER_IS_BETTER,
            Range.AT_MOST_ONE,
            "1 − squared errors / squared deviations of the label from its mean (r2_score); undefined when the label"
                    + " is constant."),
    EXPLAINED_VARIANCE(
            PredictionTask.REGRESSION,
            Direction.HIGHER_IS_BETTER,
            Range.AT_MOST_ONE,
            "1 − variance of the error / variance of the label (explained_variance_score)."),
    MAPE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean of absolute error / absolute label, as a ratio (mean_absolute_percentage_error); undefined when a"
                    + " label is zero."),
    WAPE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Sum of absolute errors / sum of absolute labels, as a ratio."),
    SMAPE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.UP_TO_TWO,
            "Mean of 2 · absolute error / (absolute label + absolute prediction), as a ratio from 0 to 2; 0 where both"
                    + " are zero."),
    RMSLE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Root of the mean squared difference of ln(1 + x) (root_mean_squared_log_error); undefined below zero."),
    POISSON_DEVIANCE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean deviance of counts (mean_poisson_deviance); undefined unless labels are at least zero and"
                    + " predictions above it."),
    GAMMA_DEVIANCE(
            PredictionTask.REGRESSION,
            Direction.LOWER_IS_BETTER,
            Range.POSITIVE,
            "Mean deviance of amounts (mean_gamma_deviance); undefined unless labels and predictions are above zero.");

    private final PredictionTask task;
    private final Direction direction;
    private final Range range;
    private final String description;

    Metric(PredictionTask task, Direction direction, Range range, String description) {
        this.task = task;
        this.direction = direction;
        this.range = range;
        this.description = description;
    }

    /**
     * The metric with this name.
     *
     * @throws EsteiraException METRIC_UNKNOWN with the nearest name
     */
    public static Metric named(String name) {
        for (var metric : values()) {
            if (metric.key().equals(name)) {
                return metric;
            }
        }
        var names = Arrays.stream(values()).map(Metric::key).toList();
        throw new EsteiraException(
                StatisticsErrorCode.METRIC_UNKNOWN,
                "There is no metric " + name + ".",
                NearestName.of(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("The metrics are " + String.join(", ", names) + "."));
    }

    /** The metrics of a task in the order of this enum. */
    public static List<Metric> of(PredictionTask task) {
        return Arrays.stream(values()).filter(metric -> metric.task == task).toList();
    }

    /** The name in files, reports and on the wire, in lower snake case, e.g. {@code roc_auc}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The predictions that have this metric. */
    public PredictionTask task() {
        return task;
    }

    /** Which value is better. */
    public Direction direction() {
        return direction;
    }

    /** The lowest possible value, possibly infinite. */
    public double lowest() {
        return range.low;
    }

    /** The highest possible value, possibly infinite. */
    public double highest() {
        return range.high;
    }

    /** One sentence for the reference, with the source of the formula in parentheses. */
    public String description() {
        return description;
    }

    /** Whether the first value is strictly better than the second. */
    public boolean better(double first, double second) {
        return direction == Direction.HIGHER_IS_BETTER ? first > second : first < second;
    }

    private enum Range {
        SHARE(0, 1),
        CORRELATION(-1, 1),
        UP_TO_TWO(0, 2),
        POSITIVE(0, Double.POSITIVE_INFINITY),
        AT_MOST_ONE(Double.NEGATIVE_INFINITY, 1);

        private final double low;
        private final double high;

        Range(double low, double high) {
            this.low = low;
            this.high = high;
        }
    }
}
