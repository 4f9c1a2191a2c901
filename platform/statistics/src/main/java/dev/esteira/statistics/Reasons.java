package dev.esteira.statistics;

/** Why a value is undefined, in the words that people read. */
final class Reasons {

    static final String NO_ROWS = "no rows";
    static final String NO_POSITIVES = "no positive rows";
    static final String NO_NEGATIVES = "no negative rows";
    static final String NONE_DECIDED_POSITIVE = "no rows decided positive";
    static final String ONE_DECISION = "rows of one class or one decision only";
    static final String CONSTANT_LABEL = "no two different labels";
    static final String ZERO_LABEL = "labels of zero";
    static final String ONLY_ZERO_LABELS = "no labels other than zero";

    static final String NO_SUCH_PRECISION = "no thresholds of that precision";
    static final String FEW_ROWS = "too few rows for that many features";
    static final String BELOW_ZERO = "labels or predictions below zero";
    static final String NO_COUNTS = "labels below zero, or predictions that are not above it";
    static final String NOT_ABOVE_ZERO = "labels or predictions that are not above zero";

    private Reasons() {}
}
