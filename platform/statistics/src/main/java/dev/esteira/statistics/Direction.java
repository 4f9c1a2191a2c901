package dev.esteira.statistics;

/** Which of two values of a metric is better. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER,
    NEARER_ZERO_IS_BETTER;

    /** Whether the first value is strictly better than the second. */
    public boolean better(double first, double second) {
        return switch (this) {
            case HIGHER_IS_BETTER -> first > second;
            case LOWER_IS_BETTER -> first < second;
            case NEARER_ZERO_IS_BETTER -> Math.abs(first) < Math.abs(second);
        };
    }
}
