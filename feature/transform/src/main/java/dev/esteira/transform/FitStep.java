package dev.esteira.transform;

import dev.esteira.dataset.DataColumns;
import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fits the operations on the training rows and writes every input transformed. */
final class FitStep {

    private final DataEngine engine;

    FitStep(DataEngine engine) {
        this.engine = engine;
    }

    static String fitOn(StepSpec spec) {
        return spec.fields().text("fitOn").orElse("train");
    }

    StepResult run(StepContext context) throws IOException, InterruptedException {
        var datasets = new TreeMap<String, Dataset>();
        for (var input : context.inputs().entrySet()) {
            datasets.put(input.getKey(), Dataset.read(context, input.getValue()));
        }
        var readable = datasets.values().stream().map(Dataset::parquet).toList();
        var name = fitOn(context.spec());
        try (var session = engine.open(context.directory().resolve("work"), context.threads(), readable)) {
            var fitted = fit(context, session, Objects.requireNonNull(datasets.get(name), name));
            var rows = new TransformedRows(session, fitted.transform());
            var transformed = new ArrayList<DatasetWriter.Output>();
            for (var dataset : datasets.entrySet()) {
                var query = dataset.getKey().equals(name)
                        ? rows.query(dataset.getValue(), fitted.crossFitted())
                        : rows.query(dataset.getValue());
                var names = TransformedRows.names(dataset.getValue(), fitted.transform());
                transformed.add(new DatasetWriter.Output(
                        dataset.getKey(), query, DatasetOptions.inherited(dataset.getValue(), names)));
            }
            var outputs = new DatasetWriter(session).publish(context, transformed);
            outputs.put("transform", publish(context, fitted.transform()));
            return new StepResult.Succeeded(outputs, 0);
        }
    }

    private static Fitted fit(StepContext context, DataSession session, Dataset train) throws InterruptedException {
        var ids = train.schema().withRole(Role.ID).stream()
                .filter(column ->
                        column.type() == LogicalType.STRING || column.type().numeric())
                .toList();
        var label = train.schema().withRole(Role.LABEL).stream()
                .filter(column -> column.type().numeric() || column.type() == LogicalType.BOOLEAN)
                .findFirst();
        var names = new ArrayList<String>();
        train.schema().features().stream()
                .filter(feature -> Fitting.usable(feature.type()))
                .map(Column::name)
                .forEach(names::add);
        ids.forEach(column -> names.add(column.name()));
        label.ifPresent(column -> names.add(column.name()));
        var columns = DataColumns.read(session, train, names);
        double @Nullable [] labels =
                label.isPresent() ? columns.numbers(label.get().name()) : null;
        var operations = context.spec().fields().items("ops").stream()
                .map(OperationReader::read)
                .toList();
        return Fitting.fit(
                operations,
                new DatasetRows(columns),
                train.schema().features(),
                labels,
                count -> Folds.of(columns, ids, context.seed(), count));
    }

    private static Artifact publish(StepContext context, Transform transform) throws IOException {
        var file = Files.write(context.directory().resolve("transform.json"), CanonicalJson.bytes(transform.toValue()));
        var summary = Value.Fields.EMPTY
                .with("inputs", Value.of(transform.inputs().size()))
                .with("outputs", Value.of(transform.outputs().size()));
        return context.publish(ArtifactType.TRANSFORM, Map.of(Transform.FILE, file), summary);
    }
}
