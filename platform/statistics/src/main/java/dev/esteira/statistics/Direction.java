package dev.esteira.statistics;

/** Which of two values of a metric is better. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER
}
