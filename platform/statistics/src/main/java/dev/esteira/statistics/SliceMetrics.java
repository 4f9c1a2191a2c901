package dev.esteira.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The metrics of one slice.
 *
 * @param name what the rows were sliced by, usually a column
 * @param value which slice, e.g. {@code JFK} or {@code 500–1000}
 * @param rows the number of its rows, regardless of weights
 * @param metrics in the order asked for
 */
public record SliceMetrics(String name, String value, int rows, SequencedMap<Metric, MetricValue> metrics) {
    public SliceMetrics {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }
}
