package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Predictions with everything that does not depend on the weights of rows computed once. Immutable and thread-safe. */
sealed interface Prepared permits PreparedBinary, PreparedRegression {

    /** Checks that the metrics belong to the task and prepares what they need. */
    static Prepared of(Predictions predictions, List<Metric> metrics) {
        for (var metric : metrics) {
            if (metric.task() != predictions.task()) {
                throw otherTask(metric.key(), predictions.task());
            }
        }
        return switch (predictions.task()) {
            case BINARY -> new PreparedBinary(predictions, RankOrder.descending(predictions.scores()));
            case REGRESSION -> new PreparedRegression(predictions);
        };
    }

    /** Refuses predictions of another task. */
    static void require(PredictionTask task, Predictions predictions) {
        if (predictions.task() != task) {
            throw otherTask("this measure", predictions.task());
        }
    }

    private static EsteiraException otherTask(String what, PredictionTask task) {
        return new EsteiraException(
                StatisticsErrorCode.METRIC_OF_OTHER_TASK,
                "No " + what + " can be computed for "
                        + (task == PredictionTask.BINARY ? "a binary label." : "a number."),
                "The metrics are " + String.join(", ", Metric.names(task)) + ".");
    }

    Predictions predictions();

    /** What the metrics are computed from when the rows have these weights; for one thread. */
    Tally tally(double[] weights);

    /** The part with these rows, which are ascending; the sort is not repeated. One part per list. */
    List<Prepared> parts(List<int[]> rows);

    default SequencedMap<Metric, MetricValue> values(List<Metric> metrics) {
        var tally = tally(predictions().newWeights());
        var values = new LinkedHashMap<Metric, MetricValue>();
        metrics.forEach(metric -> values.put(metric, tally.value(metric)));
        return values;
    }
}
