package dev.esteira.statistics;

/** The sums that metrics are made of, each computed when first asked for. For one thread. */
sealed interface Tally permits BinaryTally, RegressionTally {

    MetricValue value(Metric metric);
}
