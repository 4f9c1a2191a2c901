package dev.esteira.evaluation;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.matrix.Matrix;
import dev.esteira.statistics.Bootstrap;
import dev.esteira.statistics.BootstrapPlan;
import dev.esteira.statistics.ConfusionMatrix;
import dev.esteira.statistics.Interval;
import dev.esteira.statistics.Metric;
import dev.esteira.statistics.Metrics;
import dev.esteira.statistics.PairedPredictions;
import dev.esteira.statistics.PredictionTask;
import dev.esteira.statistics.Predictions;
import dev.esteira.statistics.Resampling;
import dev.esteira.statistics.SliceEdges;
import dev.esteira.statistics.SliceMetrics;
import dev.esteira.statistics.Slicing;
import dev.esteira.training.ModelDocument;
import dev.esteira.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures scores against the labels of rows. */
final class Measuring {

    /** Of 20, one at every 0.05. */
    private static final int THRESHOLD_STEPS = 20;

    private final EvaluationSpec spec;
    private final DataColumns rows;
    private final double[] labels;
    private final int[] labelled;
    private final BootstrapPlan plan;
    private final int threads;
    private final Optional<String> weight;

    /**
     * Rows without a label are left out.
     *
     * @throws EsteiraException EVALUATION_COLUMN_UNFIT when the label is no number
     */
    Measuring(EvaluationSpec spec, DataColumns rows, String label, long seed, int threads) {
        this.spec = spec;
        this.rows = rows;
        this.weight = rows.columns().stream()
                .filter(column -> column.role().equals(Optional.of(Role.WEIGHT)))
                .map(Column::name)
                .findFirst();
        var all = rows.numbers(number(label).name());
        this.labelled = IntStream.range(0, all.length)
                .filter(row -> !Double.isNaN(all[row]))
                .toArray();
        this.labels = Arrays.stream(labelled).mapToDouble(row -> all[row]).toArray();
        this.plan = new BootstrapPlan(spec.rounds(), spec.level(), seed);
        this.threads = Math.clamp(threads, 1, Bootstrap.MAX_THREADS);
    }

    private Column number(String name) {
        var column = column(name);
        if (!column.type().numeric() && column.type() != LogicalType.BOOLEAN) {
            throw new EsteiraException(
                    EvaluationErrorCode.EVALUATION_COLUMN_UNFIT,
                    "The label '" + name + "' is a " + column.type().text() + ", and the model predicts a number.",
                    "Evaluate on rows whose label is what the model was trained on.");
        }
        return column;
    }

    private Column column(String name) {
        return rows.columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    EvaluationReport report(ModelDocument model, Matrix scores, Optional<EvaluationReport.Baseline> baseline)
            throws InterruptedException {
        var task = model.task() == Task.BINARY ? PredictionTask.BINARY : PredictionTask.REGRESSION;
        var metrics = spec.metrics(task);
        var predictions = predictions(task, scores);
        var slices = new ArrayList<SliceMetrics>();
        spec.slices()
                .forEach((column, edges) ->
                        slices.addAll(Metrics.ofSlices(predictions, metrics, slicing(column, edges))));
        return new EvaluationReport(
                labels.length,
                weight,
                Metrics.of(predictions, metrics),
                Bootstrap.intervals(predictions, metrics, Resampling.ROWS, plan, threads),
                Metrics.of(predictions.constant(model.constant()), metrics),
                slices,
                task == PredictionTask.BINARY ? decisions(predictions) : new TreeMap<>(),
                baseline.isEmpty()
                        ? Optional.empty()
                        : Optional.of(compared(task, metrics, predictions, baseline.get())));
    }

    private static SequencedMap<Double, ConfusionMatrix> decisions(Predictions predictions) {
        var decisions = new TreeMap<Double, ConfusionMatrix>();
        for (var step = 1; step < THRESHOLD_STEPS; step++) {
            var threshold = (double) step / THRESHOLD_STEPS;
            decisions.put(threshold, ConfusionMatrix.of(predictions.withThreshold(threshold)));
        }
        return decisions;
    }

    private EvaluationReport.Compared compared(
            PredictionTask task, List<Metric> metrics, Predictions predictions, EvaluationReport.Baseline baseline)
            throws InterruptedException {
        var others = predictions(task, baseline.scores());
        SequencedMap<Metric, Interval> differences = Bootstrap.differences(
                new PairedPredictions(predictions, others), metrics, Resampling.ROWS, plan, threads);
        return new EvaluationReport.Compared(
                baseline.model(), baseline.alias(), baseline.digest(), Metrics.of(others, metrics), differences);
    }

    private Predictions predictions(PredictionTask task, Matrix scores) {
        var chosen =
                Arrays.stream(labelled).mapToDouble(row -> scores.cell(row, 0)).toArray();
        var plain = task == PredictionTask.BINARY
                ? Predictions.binary(labels, chosen)
                : Predictions.regression(labels, chosen);
        return weight.isPresent() ? plain.withWeights(labelled(rows.numbers(weight.get()))) : plain;
    }

    private double[] labelled(double[] all) {
        return Arrays.stream(labelled).mapToDouble(row -> all[row]).toArray();
    }

    private Slicing slicing(String name, Optional<SliceEdges> edges) {
        var column = column(name);
        EvaluationSpec.requireSliceable(column, edges);
        if (edges.isPresent()) {
            return Slicing.ofNumbers(name, labelled(rows.numbers(name)), edges.get());
        }
        return Slicing.ofTexts(name, texts(column));
    }

    private List<@Nullable String> texts(Column column) {
        var texts = new ArrayList<@Nullable String>();
        if (column.type() == LogicalType.STRING) {
            var all = rows.texts(column.name());
            for (var row : labelled) {
                texts.add(all[row]);
            }
            return texts;
        }
        var numbers = rows.numbers(column.name());
        for (var row : labelled) {
            texts.add(Double.isNaN(numbers[row]) ? null : text(column, numbers[row]));
        }
        return texts;
    }

    private static String text(Column column, double number) {
        if (column.type() == LogicalType.BOOLEAN) {
            return number == 1 ? "true" : "false";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
