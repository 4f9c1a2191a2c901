package dev.esteira.evaluation;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Shape;
import dev.esteira.statistics.BootstrapPlan;
import dev.esteira.statistics.Metric;
import dev.esteira.statistics.PlainMetric;
import dev.esteira.statistics.PredictionTask;
import dev.esteira.statistics.SliceEdges;
import dev.esteira.statistics.StatisticsErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an evaluation asks.
 *
 * @param metrics empty for the usual ones of the task
 * @param slices the edges of numeric slices by column; none for a column of texts
 */
record EvaluationSpec(
        List<Metric> metrics,
        int rounds,
        double level,
        SequencedMap<String, Optional<SliceEdges>> slices,
        Optional<Baseline> baseline) {

    EvaluationSpec {
        metrics = List.copyOf(metrics);
        slices = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(slices));
    }

    /** A registered model to compare with. */
    record Baseline(String model, String alias) {}

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final List<Metric> BINARY =
            List.of(PlainMetric.ROC_AUC, PlainMetric.AVERAGE_PRECISION, PlainMetric.LOG_LOSS, PlainMetric.BRIER);
    private static final List<Metric> REGRESSION = List.of(PlainMetric.RMSE, PlainMetric.MAE, PlainMetric.R2);

    static final Shape.Group SHAPE = Shape.Group.of(
            Shape.Field.optional(
                    "metrics",
                    new Shape.ListOf(new Shape.AnyOf(
                            List.of(TEXT, new Shape.MapOf(new Shape.MapOf(new Shape.Scalar(LogicalType.NUMBER)))))),
                    "The metrics, by scikit-learn's names; one with arguments is a map: {f_beta: {beta: 2}}."),
            Shape.Field.optional(
                    "intervals",
                    Shape.Group.of(
                            Shape.Field.optional(
                                    "method", new Shape.Choice(List.of("bootstrap")), "How they are computed."),
                            Shape.Field.optional(
                                    "rounds",
                                    new Shape.WholeIn(BootstrapPlan.MIN_ROUNDS, BootstrapPlan.MAX_ROUNDS),
                                    "How often the rows are drawn again; 1000 unless said otherwise."),
                            Shape.Field.optional(
                                    "level",
                                    new Shape.NumberIn(0.5, 0.9999),
                                    "The share of rounds inside; 0.95 unless said otherwise.")),
                    "The intervals of the metrics."),
            Shape.Field.optional(
                    "slices",
                    new Shape.ListOf(new Shape.AnyOf(
                            List.of(TEXT, new Shape.MapOf(new Shape.ListOf(new Shape.Scalar(LogicalType.NUMBER)))))),
                    "Columns to slice by; a numeric one with its edges: {distance: [500, 1000]}."),
            Shape.Field.optional(
                    "baseline",
                    Shape.Group.of(
                            Shape.Field.required("model", TEXT, "The registered model."),
                            Shape.Field.required("alias", TEXT, "Its alias, e.g. champion.")),
                    "The registered version to compare with, when there is one."));

    static EvaluationSpec of(Value.Fields fields) {
        var intervals = fields.fields("intervals");
        var baseline = fields.field("baseline").flatMap(Value::asFields);
        return new EvaluationSpec(
                fields.items("metrics").stream().map(EvaluationSpec::metric).toList(),
                Math.toIntExact(intervals.whole("rounds").orElse(1000L)),
                intervals.number("level").orElse(0.95),
                slices(fields.items("slices")),
                baseline.map(names -> new Baseline(
                        names.text("model").orElseThrow(), names.text("alias").orElseThrow())));
    }

    private static Metric metric(Value item) {
        var text = item.asText();
        if (text.isPresent()) {
            return Metric.of(text.get(), Map.of());
        }
        var entries = item.asFields().orElse(Value.Fields.EMPTY).entries();
        if (entries.size() != 1) {
            throw new EsteiraException(
                    EvaluationErrorCode.EVALUATION_METRIC_UNKNOWN,
                    "An item of 'metrics' names " + entries.size() + " metrics.",
                    "Write one for each item: [roc_auc, {f_beta: {beta: 2}}].");
        }
        var only = entries.entrySet().iterator().next();
        var arguments = new LinkedHashMap<String, Double>();
        only.getValue()
                .asFields()
                .orElse(Value.Fields.EMPTY)
                .entries()
                .forEach((name, number) -> number.asNumber().ifPresent(given -> arguments.put(name, given)));
        return Metric.of(only.getKey(), arguments);
    }

    private static SequencedMap<String, Optional<SliceEdges>> slices(List<Value> items) {
        var slices = new LinkedHashMap<String, Optional<SliceEdges>>();
        for (var item : items) {
            item.asText().ifPresent(column -> slices.put(column, Optional.empty()));
            item.asFields()
                    .ifPresent(map -> map.entries()
                            .forEach((column, edges) -> slices.put(
                                    column,
                                    Optional.of(new SliceEdges(edges.items().stream()
                                            .map(edge -> edge.asNumber().orElseThrow())
                                            .toList())))));
        }
        return slices;
    }

    /** Reports unknown metrics and edges that hold nothing. */
    static void check(Value.Fields fields, CheckContext context) {
        var items = fields.items("metrics");
        for (var index = 0; index < items.size(); index++) {
            try {
                metric(items.get(index));
            } catch (EsteiraException e) {
                context.problem(
                        "/metrics/" + index,
                        e.code() == StatisticsErrorCode.METRIC_UNKNOWN
                                ? EvaluationErrorCode.EVALUATION_METRIC_UNKNOWN
                                : e.code(),
                        e.explanation(),
                        e.remedy().orElse(""));
            }
        }
        var parts = fields.items("slices");
        for (var index = 0; index < parts.size(); index++) {
            try {
                slices(List.of(parts.get(index)));
            } catch (EsteiraException e) {
                context.problem(
                        "/slices/" + index,
                        e.code(),
                        e.explanation(),
                        e.remedy().orElse(""));
            }
        }
    }

    /** Reports columns to slice by that the rows lack or that give no slices. */
    static void checkSlices(Value.Fields fields, Schema schema, CheckContext context) {
        var parts = fields.items("slices");
        for (var index = 0; index < parts.size(); index++) {
            var pointer = "/slices/" + index;
            try {
                slices(List.of(parts.get(index)))
                        .forEach((name, edges) -> schema.column(name)
                                .ifPresentOrElse(
                                        column -> requireSliceable(column, edges),
                                        () -> context.problem(
                                                pointer,
                                                EvaluationErrorCode.EVALUATION_COLUMN_UNKNOWN,
                                                "There is no column '" + name + "' to slice by.",
                                                Ports.nearest(name, schema.names()))));
            } catch (EsteiraException e) {
                // Bad edges are a matter of the file alone and have been reported with it.
                if (e.code() == EvaluationErrorCode.EVALUATION_COLUMN_UNFIT) {
                    context.problem(
                            pointer, e.code(), e.explanation(), e.remedy().orElse(""));
                }
            }
        }
    }

    /**
     * Refuses columns that give no slices.
     *
     * @throws EsteiraException EVALUATION_COLUMN_UNFIT
     */
    static void requireSliceable(Column column, Optional<SliceEdges> edges) {
        if (edges.isPresent() && !column.type().numeric()) {
            throw new EsteiraException(
                    EvaluationErrorCode.EVALUATION_COLUMN_UNFIT,
                    "The column '" + column.name() + "' is a " + column.type().text() + ", which has no edges.",
                    "Slice by it without edges.");
        }
        if (column.type() == LogicalType.DATE || column.type() == LogicalType.TIMESTAMP) {
            throw new EsteiraException(
                    EvaluationErrorCode.EVALUATION_COLUMN_UNFIT,
                    "The column '" + column.name() + "' is a " + column.type().text() + ", which gives no slices.",
                    "Slice by a text, a flag, or a number.");
        }
    }

    /**
     * The metrics for a task.
     *
     * @throws EsteiraException EVALUATION_METRIC_UNKNOWN when one belongs to another task
     */
    List<Metric> metrics(PredictionTask task) {
        if (metrics.isEmpty()) {
            return task == PredictionTask.BINARY ? BINARY : REGRESSION;
        }
        var unfit = new ArrayList<>(metrics);
        unfit.removeIf(metric -> metric.task() == task);
        if (!unfit.isEmpty()) {
            throw new EsteiraException(
                    EvaluationErrorCode.EVALUATION_METRIC_UNKNOWN,
                    "The metric " + unfit.getFirst().key() + " does not belong to the model's task.",
                    "The task has " + String.join(", ", Metric.names(task)) + ".");
        }
        return metrics;
    }
}
