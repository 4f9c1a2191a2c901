package dev.esteira.tracking;

/**
 * A metric that a run logged for a logged model.
 *
 * @param datasetName of the data set it was measured on, possibly empty
 * @param datasetDigest the same
 */
public record ModelMetric(Metric metric, String modelId, String datasetName, String datasetDigest) {}
