package dev.esteira.statistics;

/** What is predicted, and so which metrics make sense. */
public enum PredictionTask {
    /** A label of 0 or 1, predicted as the probability of 1. */
    BINARY,
    /** A number, predicted as a number. */
    REGRESSION
}
