package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The predictions for a set of rows with what really happened: per row a label, a score and a weight (1 unless given).
 * Immutable and thread-safe; arrays are copied on the way in.
 */
public final class Predictions {

    private static final double DEFAULT_THRESHOLD = 0.5;

    private final PredictionTask task;
    private final double[] labels;
    private final double[] scores;
    private final double @Nullable [] weights;
    private final double threshold;

    private Predictions(
            PredictionTask task, double[] labels, double[] scores, double @Nullable [] weights, double threshold) {
        this.task = task;
        this.labels = labels;
        this.scores = scores;
        this.weights = weights;
        this.threshold = threshold;
    }

    /**
     * Probabilities of a binary label.
     *
     * @param labels 0 or 1
     * @param scores the probability of 1, 0 to 1
     * @throws EsteiraException PREDICTIONS_INVALID, naming the first row (counted from 0) that is out of range
     */
    public static Predictions binary(double[] labels, double[] scores) {
        sameLength("scores", scores.length, labels.length);
        for (var row = 0; row < labels.length; row++) {
            if (labels[row] != 0 && labels[row] != 1) {
                throw invalid("The label of row " + row + " is " + labels[row] + ", not 0 or 1.");
            }
            if (!(scores[row] >= 0 && scores[row] <= 1)) {
                throw invalid("The score of row " + row + " is " + scores[row] + ", not a probability from 0 to 1.");
            }
        }
        return new Predictions(PredictionTask.BINARY, labels.clone(), scores.clone(), null, DEFAULT_THRESHOLD);
    }

    /**
     * Predictions of a number.
     *
     * @param labels finite numbers
     * @param predictions finite numbers in the label's unit
     * @throws EsteiraException PREDICTIONS_INVALID, naming the first row (counted from 0) that is not finite
     */
    public static Predictions regression(double[] labels, double[] predictions) {
        sameLength("predictions", predictions.length, labels.length);
        for (var row = 0; row < labels.length; row++) {
            if (!Double.isFinite(labels[row])) {
                throw invalid("The label of row " + row + " is " + labels[row] + ", not a finite number.");
            }
            if (!Double.isFinite(predictions[row])) {
                throw invalid("The prediction of row " + row + " is " + predictions[row] + ", not a finite number.");
            }
        }
        return new Predictions(PredictionTask.REGRESSION, labels.clone(), predictions.clone(), null, DEFAULT_THRESHOLD);
    }

    /**
     * The same predictions with a weight per row.
     *
     * @param weights finite and not negative; a row of weight 0 counts as absent
     * @throws EsteiraException PREDICTIONS_INVALID
     */
    public Predictions withWeights(double[] weights) {
        sameLength("weights", weights.length, labels.length);
        for (var row = 0; row < weights.length; row++) {
            if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw invalid("The weight of row " + row + " is " + weights[row] + ", not a finite number from 0.");
            }
        }
        return new Predictions(task, labels, scores, weights.clone(), threshold);
    }

    /**
     * The same predictions, decided positive from another score on than 0.5.
     *
     * @throws EsteiraException PREDICTIONS_INVALID when the threshold is not from 0 to 1
     */
    public Predictions withThreshold(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw invalid("The threshold is " + threshold + ", not a probability from 0 to 1.");
        }
        return new Predictions(task, labels, scores, weights, threshold);
    }

    /**
     * What a model would score that knows nothing and always says the same: these labels and weights with one
     * prediction for all rows. The usual constant is {@link #meanLabel()} of the training rows.
     *
     * @throws EsteiraException PREDICTIONS_INVALID when the constant is out of the range of scores
     */
    public Predictions constant(double prediction) {
        var fits = task == PredictionTask.BINARY ? prediction >= 0 && prediction <= 1 : Double.isFinite(prediction);
        if (!fits) {
            throw invalid("The constant prediction is " + prediction + ", which no row could score.");
        }
        var same = new double[labels.length];
        Arrays.fill(same, prediction);
        return new Predictions(task, labels, same, weights, threshold);
    }

    /** The rows with these numbers, counted from 0, in the order given. */
    public Predictions rows(int[] rows) {
        var given = weights;
        return new Predictions(
                task, pick(labels, rows), pick(scores, rows), given == null ? null : pick(given, rows), threshold);
    }

    /** What is predicted. */
    public PredictionTask task() {
        return task;
    }

    /** The number of rows. */
    public int size() {
        return labels.length;
    }

    /** The score from which on a row is decided positive, 0.5 unless changed. */
    public double threshold() {
        return threshold;
    }

    /** The label of a row, counted from 0. */
    public double label(int row) {
        return labels[row];
    }

    /** The score of a row, counted from 0: a probability or a predicted number. */
    public double score(int row) {
        return scores[row];
    }

    /** The weight of a row, counted from 0. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The weighted mean of the labels, for a binary label the base rate; undefined without rows. */
    public MetricValue meanLabel() {
        var sum = 0.0;
        var total = 0.0;
        for (var row = 0; row < labels.length; row++) {
            sum += weight(row) * labels[row];
            total += weight(row);
        }
        return MetricValue.ratio(sum, total, Reasons.NO_ROWS);
    }

    double[] labels() {
        return labels;
    }

    double[] scores() {
        return scores;
    }

    /** A weight per row, to be changed by the caller as it likes. */
    double[] newWeights() {
        if (weights != null) {
            return weights.clone();
        }
        var ones = new double[labels.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Turns how often each row was drawn into its weight. */
    void applyWeights(double[] counts) {
        var given = weights;
        if (given != null) {
            for (var row = 0; row < counts.length; row++) {
                counts[row] *= given[row];
            }
        }
    }

    private static double[] pick(double[] values, int[] rows) {
        var picked = new double[rows.length];
        for (var i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private static void sameLength(String what, int length, int labels) {
        if (length != labels) {
            throw invalid("There are " + length + " " + what + " for " + labels + " labels.");
        }
    }

    private static EsteiraException invalid(String message) {
        return new EsteiraException(
                StatisticsErrorCode.PREDICTIONS_INVALID, message, "Leave such rows out or correct them.");
    }
}
