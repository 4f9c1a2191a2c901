package dev.esteira.statistics;

/** The values that a metric can have. */
public enum Range {
    /** From 0 to 1. */
    SHARE(0, 1),
    /** From -1 to 1. */
    CORRELATION(-1, 1),
    /** From 0 to 2. */
    UP_TO_TWO(0, 2),
    /** From 0 on. */
    POSITIVE(0, Double.POSITIVE_INFINITY),
    /** 1 at most. */
    AT_MOST_ONE(Double.NEGATIVE_INFINITY, 1),
    /** Any number. */
    ANY(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final double lowest;
    private final double highest;

    Range(double lowest, double highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The lowest possible value, possibly infinite. */
    public double lowest() {
        return lowest;
    }

    /** The highest possible value, possibly infinite. */
    public double highest() {
        return highest;
    }
}
