package dev.esteira.statistics;

import java.util.Locale;

/** The metrics that take no argument. */
public enum PlainMetric implements Metric {
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
    BIAS(PredictionTask.REGRESSION, Direction.NEARER_ZERO_IS_BETTER, Range.ANY, "Mean of prediction minus label."),
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

    PlainMetric(PredictionTask task, Direction direction, Range range, String description) {
        this.task = task;
        this.direction = direction;
        this.range = range;
        this.description = description;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public PredictionTask task() {
        return task;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Range range() {
        return range;
    }

    @Override
    public String description() {
        return description;
    }
}
