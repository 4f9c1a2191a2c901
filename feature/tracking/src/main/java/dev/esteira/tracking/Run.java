package dev.esteira.tracking;

import java.util.List;

/**
 * A tracked run with what was logged.
 *
 * @param metrics the latest value of each key, sorted by key
 * @param params sorted by key
 * @param tags sorted by key
 */
public record Run(
        RunInfo info,
        List<Metric> metrics,
        List<Param> params,
        List<Tag> tags,
        List<DatasetInput> datasets,
        List<ModelLink> models) {

    public Run {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        tags = List.copyOf(tags);
        datasets = List.copyOf(datasets);
        models = List.copyOf(models);
    }
}
