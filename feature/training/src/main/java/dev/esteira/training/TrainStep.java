package dev.esteira.training;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.Dataset;
import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Launch;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepResult;
import dev.esteira.tracking.Lifecycle;
import dev.esteira.tracking.Logged;
import dev.esteira.tracking.Metric;
import dev.esteira.tracking.NewRun;
import dev.esteira.tracking.Param;
import dev.esteira.tracking.RunStatus;
import dev.esteira.tracking.Tag;
import dev.esteira.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An attempt to learn a model: matrices out, a process, a model directory back; told to a tracked run as it happens. */
final class TrainStep implements Execution.ChildBody {

    static final String XGBOOST_VERSION = "3.4.0";

    private static final String MAIN = "dev.esteira.trainer.TrainerMain";
    private static final String JOB = "job.json";
    private static final String FACTS = "facts.json";
    private static final long HEAP_BASE_BYTES = 192L << 20;
    private static final int EXAMPLE_ROWS = 5;

    private final DataEngine engine;
    private final ChildJvm jvm;
    private final Tracking tracking;
    private final InstantSource clock;

    TrainStep(DataEngine engine, ChildJvm jvm, Tracking tracking, InstantSource clock) {
        this.engine = engine;
        this.jvm = jvm;
        this.tracking = tracking;
        this.clock = clock;
    }

    @Override
    public Launch prepare(StepContext context) throws IOException, InterruptedException {
        var trainer = TrainerSpec.of(context.spec().fields());
        var datasets = new TreeMap<String, Dataset>();
        for (var input : context.inputs().entrySet()) {
            datasets.put(input.getKey(), Dataset.read(context, input.getValue()));
        }
        var readable = datasets.values().stream().map(Dataset::parquet).toList();
        var bytes = 0L;
        var job = Value.Fields.EMPTY;
        var trained = List.<String>of();
        try (var session = engine.open(context.directory().resolve("work"), context.threads(), readable)) {
            for (var dataset : datasets.entrySet()) {
                var rows = TrainingRows.read(session, dataset.getValue(), trainer.task());
                // The names are in alphabetical order, so the training rows come first.
                if (!dataset.getKey().equals("train")) {
                    rows.requireValidates(trained, trainer.task());
                } else {
                    trained = rows.names();
                    rows.requireTwoLabels("training");
                    job = job.with("features", Value.ofTexts(rows.names()));
                    facts(context, rows, dataset.getValue());
                }
                job = job.with(dataset.getKey(), write(context.directory(), dataset.getKey(), rows));
                bytes += 4L * rows.features().cells().length;
            }
        }
        Files.write(context.directory().resolve(JOB), CanonicalJson.bytes(job(job, trainer, context)));
        begin(context, trainer);
        return jvm.launch(
                MAIN,
                List.of("train", JOB),
                HEAP_BASE_BYTES + 2 * bytes,
                Map.of("OMP_WAIT_POLICY", "PASSIVE", "OMP_NUM_THREADS", Integer.toString(context.threads())));
    }

    private static Value.Fields job(Value.Fields parts, TrainerSpec trainer, StepContext context) {
        var job = parts.with("params", trainer.effective(context.seed()).with("nthread", Value.of(context.threads())))
                .with("metrics", Value.ofTexts(trainer.metrics()))
                .with("rounds", Value.of(trainer.rounds()));
        return trainer.stopping()
                .map(stopping -> job.with(
                        "earlyStopping",
                        Value.Fields.EMPTY
                                .with("metric", Value.of(stopping.metric()))
                                .with("rounds", Value.of(stopping.rounds()))
                                .with("maximise", Value.of(XgboostParameters.maximise(stopping.metric())))))
                .orElse(job);
    }

    private static Value write(Path folder, String part, TrainingRows rows) throws IOException {
        var files = new LinkedHashMap<String, Value>();
        rows.features().write(folder.resolve(part + ".features"));
        files.put("features", Value.of(part + ".features"));
        rows.label().write(folder.resolve(part + ".label"));
        files.put("label", Value.of(part + ".label"));
        if (rows.weight().isPresent()) {
            rows.weight().get().write(folder.resolve(part + ".weight"));
            files.put("weight", Value.of(part + ".weight"));
        }
        return Value.ofFields(files);
    }

    /** What the model's document needs to know of the training rows, kept for the time after the process. */
    private static void facts(StepContext context, TrainingRows rows, Dataset train) throws IOException {
        var facts = Value.Fields.EMPTY
                .with(
                        "label",
                        Value.of(train.schema().withRole(Role.LABEL).getFirst().name()))
                .with("features", Value.ofTexts(rows.names()))
                .with("constant", Value.of(rows.meanLabel()));
        Files.write(context.directory().resolve(FACTS), CanonicalJson.bytes(facts));
    }

    private void begin(StepContext context, TrainerSpec trainer) {
        var run = runId(context);
        context.annotate("trackedRun", run);
        tracking.begin(
                context.workspace(),
                new NewRun(
                        context.pipeline(),
                        run,
                        context.spec().name(),
                        "esteira",
                        List.of(
                                new Tag("esteira.pipelineRun", context.run()),
                                new Tag("esteira.step", context.spec().name()),
                                new Tag("esteira.attempt", context.attempt())),
                        clock.instant()));
        var params = new ArrayList<Param>();
        trainer.effective(context.seed())
                .with("rounds", Value.of(trainer.rounds()))
                .entries()
                .forEach((name, value) ->
                        params.add(new Param(name, value.asText().orElseGet(() -> CanonicalJson.text(value)))));
        tracking.log(context.workspace(), run, Logged.params(params));
    }

    private static String runId(StepContext context) {
        return TrainKind.trackedRun(context.attempt());
    }

    @Override
    public void observe(StepContext context, String line) {
        var progress = Json.parse(line).asFields().orElse(Value.Fields.EMPTY);
        var round = progress.whole("round").orElse(0L);
        var at = progress.whole("at").orElse(0L);
        var metrics = new ArrayList<Metric>();
        progress.fields("metrics")
                .entries()
                .forEach((name, value) ->
                        value.asNumber().ifPresent(number -> metrics.add(new Metric(name, number, at, round))));
        tracking.log(context.workspace(), runId(context), Logged.metrics(metrics));
        context.progress(progress.without("at"));
    }

    @Override
    public StepResult collect(StepContext context) throws IOException {
        var trainer = TrainerSpec.of(context.spec().fields());
        var folder = context.directory();
        var facts = Json.parseFields(Files.readString(folder.resolve(FACTS)));
        var metrics = Json.parseFields(Files.readString(folder.resolve("metrics.json")));
        var document = document(context, trainer, facts, metrics);
        var files = ModelDirectory.write(folder, document, example(folder));
        var best = best(metrics, trainer);
        var model = context.publish(
                ArtifactType.MODEL,
                files,
                Value.Fields.EMPTY
                        .with("task", Value.of(trainer.task().text()))
                        .with("features", Value.of(document.features().size()))
                        .with("rounds", metrics.field("rounds").orElseThrow())
                        .with("bestRound", Value.of(document.bestRound()))
                        .with("score", best));
        var series =
                context.publish(ArtifactType.METRICS, Map.of("metrics.json", folder.resolve("metrics.json")), best);
        finish(context, model);
        return new StepResult.Succeeded(Map.of("model", model, "metrics", series), 0);
    }

    /** The first end of a run stays: a model that was learned and then not accepted was learned all the same. */
    @Override
    public void abandon(StepContext context, Execution.Unfinished end) {
        var run = runId(context);
        var begun = tracking.find(context.workspace(), run)
                .filter(info -> info.lifecycle() == Lifecycle.ACTIVE)
                .filter(info -> !info.status().ended());
        if (begun.isEmpty()) {
            return;
        }
        var cancelled = end.reason() == Execution.Unfinished.Reason.CANCELLED;
        tracking.log(context.workspace(), run, Logged.tags(List.of(new Tag("esteira.end", end.message()))));
        tracking.finish(context.workspace(), run, cancelled ? RunStatus.KILLED : RunStatus.FAILED, end.at());
    }

    private static ModelDocument document(
            StepContext context, TrainerSpec trainer, Value.Fields facts, Value.Fields metrics) {
        var trainedOn = new TreeMap<String, Value>();
        context.inputs()
                .forEach((name, input) ->
                        trainedOn.put(name, Value.of(input.digest().toString())));
        return new ModelDocument(
                "xgboost",
                XGBOOST_VERSION,
                trainer.task(),
                facts.text("label").orElseThrow(),
                facts.items("features").stream()
                        .flatMap(item -> item.asText().stream())
                        .toList(),
                trainer.effective(context.seed()),
                trainer.rounds(),
                metrics.whole("bestRound").orElseThrow(),
                facts.number("constant").orElseThrow(),
                Value.ofFields(trainedOn));
    }

    private static List<double[]> example(Path folder) throws IOException {
        var features = Matrix.read(folder.resolve("train.features"));
        var rows = new ArrayList<double[]>();
        for (var row = 0; row < Math.min(EXAMPLE_ROWS, features.rows()); row++) {
            var cells = new double[features.columns()];
            for (var column = 0; column < cells.length; column++) {
                cells[column] = features.cell(row, column);
            }
            rows.add(cells);
        }
        return rows;
    }

    /** The scores of the best round by the names of their series. */
    private static Value.Fields best(Value.Fields metrics, TrainerSpec trainer) {
        var round = Math.toIntExact(metrics.whole("bestRound").orElse(0L)) - 1;
        var best = new LinkedHashMap<String, Value>();
        metrics.fields("series").entries().forEach((name, values) -> {
            if (name.endsWith("-" + trainer.leadingMetric()) && round >= 0) {
                best.put(name, values.items().get(round));
            }
        });
        return Value.ofFields(best);
    }

    private void finish(StepContext context, Artifact model) {
        tracking.link(context.workspace(), runId(context), "model", model);
        tracking.finish(context.workspace(), runId(context), RunStatus.FINISHED, clock.instant());
    }
}
