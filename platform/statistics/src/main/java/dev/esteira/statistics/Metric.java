package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A metric of predictions. Names and formulas are scikit-learn's (module {@code sklearn.metrics}) where it has the
 * metric, with one difference: where scikit-learn returns 0, 1 or NaN with a warning, the value here is
 * {@link MetricValue.Undefined}. All metrics honour row weights. Metrics of decisions (accuracy, f1 and the like) count a
 * row as positive when its score is at least {@link Predictions#threshold()}.
 */
public sealed interface Metric permits PlainMetric, MetricWithArguments {

    /**
     * The metric with this name and these arguments by their names.
     *
     * @throws EsteiraException METRIC_UNKNOWN with the nearest name; METRIC_ARGUMENT_UNFIT when an argument is missing,
     *     unknown or out of its range
     */
    static Metric of(String name, Map<String, Double> arguments) {
        for (var kind : MetricWithArguments.Kind.values()) {
            if (kind.key().equals(name)) {
                return MetricWithArguments.of(kind, arguments);
            }
        }
        var plain = named(name);
        if (!arguments.isEmpty()) {
            throw new EsteiraException(
                    StatisticsErrorCode.METRIC_ARGUMENT_UNFIT,
                    "The metric " + name + " takes no argument.",
                    "Write its name alone.");
        }
        return plain;
    }

    private static Metric named(String name) {
        for (var metric : PlainMetric.values()) {
            if (metric.key().equals(name)) {
                return metric;
            }
        }
        var names = names();
        throw new EsteiraException(
                StatisticsErrorCode.METRIC_UNKNOWN,
                "There is no metric " + name + ".",
                NearestName.of(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("The metrics are " + String.join(", ", names) + "."));
    }

    private static List<String> names() {
        return Stream.concat(
                        Arrays.stream(PlainMetric.values()).map(Metric::key),
                        Arrays.stream(MetricWithArguments.Kind.values()).map(MetricWithArguments.Kind::key))
                .toList();
    }

    /** The names of the metrics of a task. */
    static List<String> names(PredictionTask task) {
        return Stream.concat(
                        plain(task).stream().map(Metric::key),
                        Arrays.stream(MetricWithArguments.Kind.values())
                                .filter(kind -> kind.task() == task)
                                .map(MetricWithArguments.Kind::key))
                .toList();
    }

    /** The metrics of a task that take no argument. */
    static List<Metric> plain(PredictionTask task) {
        return Arrays.stream(PlainMetric.values())
                .<Metric>map(metric -> metric)
                .filter(metric -> metric.task() == task)
                .toList();
    }

    /**
     * The name in reports and on the wire, in lower snake case, e.g. {@code roc_auc}; arguments follow the name:
     * {@code f_beta_0_5}.
     */
    String key();

    /** The predictions that have this metric. */
    PredictionTask task();

    /** Which value is better. */
    Direction direction();

    /** The values that it can have. */
    Range range();

    /** One sentence for the reference, with the source of the formula in parentheses. */
    String description();
}
