package dev.esteira.statistics;

/**
 * A confidence interval by the percentile bootstrap: the middle part of what the rounds gave (Efron and Tibshirani
 * 1993, §13), quantiles interpolated as in {@link Quantiles#of}.
 *
 * @param low the lower bound; undefined when more than half of the rounds were
 * @param high the upper bound; undefined together with the lower one
 * @param plan rounds, level and seed
 * @param undefinedRounds the rounds that gave no value, e.g. because they drew one class only; they are left out
 */
public record Interval(MetricValue low, MetricValue high, BootstrapPlan plan, int undefinedRounds) {

    /** The name of the method in reports. */
    public static final String METHOD = "bootstrap";
}
