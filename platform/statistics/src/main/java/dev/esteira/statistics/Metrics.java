package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Computes metrics of predictions, for all rows and for slices. Pure functions; the same input gives the same bits,
 * since the order of all additions is fixed.
 */
public final class Metrics {

    private Metrics() {}

    /**
     * The metrics in the order asked for.
     *
     * @throws EsteiraException METRIC_OF_OTHER_TASK when a metric does not belong to the predictions' task
     */
    public static SequencedMap<Metric, MetricValue> of(Predictions predictions, List<Metric> metrics) {
        return Prepared.of(predictions, metrics).values(metrics);
    }

    /**
     * The metrics of each slice in the order of the slicing, to the bit those of its rows alone. The rows are sorted
     * once for all slices. A slice without rows has zero rows and undefined metrics.
     *
     * @throws EsteiraException METRIC_OF_OTHER_TASK when a metric does not belong to the predictions' task,
     *     SLICES_INVALID when the slicing is of another number of rows
     */
    public static List<SliceMetrics> ofSlices(Predictions predictions, List<Metric> metrics, Slicing slicing) {
        slicing.requireRows(predictions.size());
        var rows = slicing.rowsOfSlices();
        var parts = Prepared.of(predictions, metrics).parts(rows);
        var slices = new ArrayList<SliceMetrics>();
        for (var number = 0; number < parts.size(); number++) {
            slices.add(new SliceMetrics(
                    slicing.name(),
                    slicing.values().get(number),
                    rows.get(number).length,
                    parts.get(number).values(metrics)));
        }
        return slices;
    }
}
