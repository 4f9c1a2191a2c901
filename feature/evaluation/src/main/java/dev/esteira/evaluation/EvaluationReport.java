package dev.esteira.evaluation;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import dev.esteira.statistics.ConfusionMatrix;
import dev.esteira.statistics.Interval;
import dev.esteira.statistics.Metric;
import dev.esteira.statistics.MetricValue;
import dev.esteira.statistics.SliceMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an evaluation found, the document {@code report.json}. Below {@code report} stands what a gate's assertions
 * read; below {@code undefined} why a metric that they may read does not exist, by JSON pointer.
 *
 * @param rows with a label
 * @param decisions for a binary label, right and wrong ones by the threshold from which on a row is decided positive
 * @param weightedBy the column with the role weight that every metric honours, where there is one
 */
record EvaluationReport(
        long rows,
        Optional<String> weightedBy,
        SequencedMap<Metric, MetricValue> metrics,
        SequencedMap<Metric, Interval> intervals,
        SequencedMap<Metric, MetricValue> constant,
        List<SliceMetrics> slices,
        SequencedMap<Double, ConfusionMatrix> decisions,
        Optional<Compared> compared) {

    EvaluationReport {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
        intervals = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(intervals));
        constant = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(constant));
        slices = List.copyOf(slices);
        decisions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(decisions));
    }

    private static final long FORMAT_VERSION = 1;

    /** The scores of a registered version on the same rows. */
    record Baseline(String model, String alias, Digest digest, Matrix scores) {}

    /** The metrics of a registered version on the same rows, and the intervals of the differences to it. */
    record Compared(
            String model,
            String alias,
            Digest digest,
            SequencedMap<Metric, MetricValue> metrics,
            SequencedMap<Metric, Interval> differences) {
        Compared {
            metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
            differences = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(differences));
        }
    }

    Value.Fields toValue() {
        var undefined = new LinkedHashMap<String, Value>();
        return Value.Fields.EMPTY
                .with("formatVersion", Value.of(FORMAT_VERSION))
                .with("report", report(undefined))
                .with("undefined", Value.ofFields(undefined));
    }

    private Value.Fields report(Map<String, Value> undefined) {
        var report = values(metrics, "/report", "the rows", undefined)
                .with("rows", Value.of(rows))
                .with("interval", intervals(intervals, "/report/interval", "the interval", undefined))
                .with("constant", values(constant, "/report/constant", "a constant prediction", undefined));
        if (weightedBy.isPresent()) {
            report = report.with("weightedBy", Value.of(weightedBy.get()));
        }
        var items = new ArrayList<Value>();
        for (var slice : slices) {
            var pointer = "/report/slices/" + items.size();
            var name = "the slice " + slice.name() + " = " + slice.value();
            items.add(values(slice.metrics(), pointer, name, undefined)
                    .with("name", Value.of(slice.name()))
                    .with("value", Value.of(slice.value()))
                    .with("rows", Value.of(slice.rows())));
        }
        report = report.with("slices", new Value.Sequence(items));
        if (!decisions.isEmpty()) {
            report = report.with("thresholds", new Value.Sequence(thresholds()));
        }
        return compared.isEmpty() ? report : report.with("baseline", baseline(compared.get(), undefined));
    }

    private List<Value> thresholds() {
        var items = new ArrayList<Value>();
        decisions.forEach((threshold, cells) -> items.add(Value.Fields.EMPTY
                .with("threshold", Value.of(threshold))
                .with("truePositives", Value.of(cells.truePositives()))
                .with("falsePositives", Value.of(cells.falsePositives()))
                .with("trueNegatives", Value.of(cells.trueNegatives()))
                .with("falseNegatives", Value.of(cells.falseNegatives()))));
        return items;
    }

    private static Value.Fields baseline(Compared compared, Map<String, Value> undefined) {
        return values(compared.metrics(), "/report/baseline", "the baseline", undefined)
                .with("model", Value.of(compared.model()))
                .with("alias", Value.of(compared.alias()))
                .with("digest", Value.of(compared.digest().toString()))
                .with(
                        "difference",
                        intervals(
                                compared.differences(),
                                "/report/baseline/difference",
                                "the difference to the baseline",
                                undefined));
    }

    private static Value.Fields values(
            Map<Metric, MetricValue> metrics, String pointer, String of, Map<String, Value> undefined) {
        var fields = new LinkedHashMap<String, Value>();
        metrics.forEach((metric, value) -> {
            switch (value) {
                case MetricValue.Defined(var number) -> fields.put(metric.key(), Value.of(number));
                case MetricValue.Undefined(var reason) ->
                    undefined.put(pointer + "/" + metric.key(), Value.of(of + ": " + reason));
            }
        });
        return Value.ofFields(fields);
    }

    private static Value.Fields intervals(
            Map<Metric, Interval> intervals, String pointer, String of, Map<String, Value> undefined) {
        var fields = new LinkedHashMap<String, Value>();
        intervals.forEach((metric, interval) -> {
            if (interval.low() instanceof MetricValue.Undefined(var reason)) {
                undefined.put(pointer + "/" + metric.key(), Value.of(of + ": " + reason));
            } else if (interval.low() instanceof MetricValue.Defined(var low)
                    && interval.high() instanceof MetricValue.Defined(var high)) {
                fields.put(
                        metric.key(),
                        Value.Fields.EMPTY
                                .with("low", Value.of(low))
                                .with("high", Value.of(high))
                                .with("method", Value.of(Interval.METHOD))
                                .with("rounds", Value.of(interval.plan().rounds()))
                                .with("level", Value.of(interval.plan().level()))
                                .with("seed", Value.of(interval.plan().seed()))
                                .with("undefinedRounds", Value.of(interval.undefinedRounds())));
            }
        });
        return Value.ofFields(fields);
    }

    /** The figures that stand beside the artifact. */
    Value.Fields summary() {
        return report(new LinkedHashMap<>()).without("slices").with("slices", Value.of(slices.size()));
    }
}
