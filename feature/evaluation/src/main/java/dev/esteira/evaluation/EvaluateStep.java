package dev.esteira.evaluation;

import dev.esteira.dataset.DataColumns;
import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
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
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An attempt to evaluate: rows as each model takes them out, a process that predicts, metrics of its scores back. */
final class EvaluateStep implements Execution.ChildBody {

    private static final String MAIN = "dev.esteira.trainer.TrainerMain";
    private static final String JOB = "job.json";
    private static final String MODEL_SCORES = "model.scores";
    private static final String BASELINE_SCORES = "baseline.scores";
    private static final long HEAP_BASE_BYTES = 192L << 20;

    private final DataEngine engine;
    private final ChildJvm jvm;
    private final Baselines baselines;

    EvaluateStep(DataEngine engine, ChildJvm jvm, Baselines baselines) {
        this.engine = engine;
        this.jvm = jvm;
        this.baselines = baselines;
    }

    @Override
    public Launch prepare(StepContext context) throws IOException, InterruptedException {
        var dataset = data(context);
        var candidates = new LinkedHashMap<String, Candidate>();
        candidates.put("model", candidate(context));
        var baseline = baseline(context);
        if (baseline.isPresent()) {
            candidates.put("baseline", baseline.get());
        }
        var items = new ArrayList<Value>();
        var largest = 0L;
        try (var session = open(context, dataset)) {
            for (var candidate : candidates.entrySet()) {
                var rows = DataColumns.read(
                        session, dataset, known(candidate.getValue().reads(), dataset));
                var features = candidate.getValue().features(rows);
                features.write(context.directory().resolve(candidate.getKey() + ".features"));
                largest = Math.max(largest, 4L * features.cells().length);
                items.add(Value.Fields.EMPTY
                        .with("model", Value.of(candidate.getValue().trees().toString()))
                        .with("features", Value.of(candidate.getKey() + ".features"))
                        .with("scores", Value.of(candidate.getKey() + ".scores")));
            }
        }
        var job = Value.Fields.EMPTY
                .with("threads", Value.of(context.threads()))
                .with("models", new Value.Sequence(items));
        Files.write(context.directory().resolve(JOB), CanonicalJson.bytes(job));
        return jvm.launch(
                MAIN,
                List.of("predict", JOB),
                HEAP_BASE_BYTES + 3 * largest,
                Map.of("OMP_WAIT_POLICY", "PASSIVE", "OMP_NUM_THREADS", Integer.toString(context.threads())));
    }

    @Override
    public void observe(StepContext context, String line) {
        // Predicting is quick and tells nothing before its end.
    }

    @Override
    public StepResult collect(StepContext context) throws IOException, InterruptedException {
        var dataset = data(context);
        var spec = EvaluationSpec.of(context.spec().fields());
        var candidate = candidate(context);
        var scores = Matrix.read(context.directory().resolve(MODEL_SCORES));
        try (var session = open(context, dataset)) {
            var label = candidate.document().label();
            var wanted = new LinkedHashSet<String>();
            wanted.add(label);
            wanted.addAll(spec.slices().keySet());
            dataset.schema().withRole(Role.WEIGHT).stream().limit(1).forEach(column -> wanted.add(column.name()));
            var rows = DataColumns.read(session, dataset, known(List.copyOf(wanted), dataset));
            var measuring = new Measuring(spec, rows, label, context.seed(), context.threads());
            var report = measuring.report(candidate.document(), scores, baselineScores(context));
            var file = Files.write(context.directory().resolve("report.json"), CanonicalJson.bytes(report.toValue()));
            var outputs = Map.of(
                    "report",
                    context.publish(ArtifactType.EVALUATION_REPORT, Map.of("report.json", file), report.summary()),
                    "predictions",
                    PredictionTable.publish(context, session, dataset, label, scores));
            return new StepResult.Succeeded(outputs, 0);
        }
    }

    private Optional<EvaluationReport.Baseline> baselineScores(StepContext context) throws IOException {
        var baseline = baseline(context);
        if (baseline.isEmpty()) {
            return Optional.empty();
        }
        var scores = Matrix.read(context.directory().resolve(BASELINE_SCORES));
        var names = EvaluationSpec.of(context.spec().fields()).baseline().orElseThrow();
        return Optional.of(new EvaluationReport.Baseline(
                names.model(), names.alias(), digest(context).orElseThrow(), scores));
    }

    private DataSession open(StepContext context, Dataset dataset) throws IOException, InterruptedException {
        return engine.open(context.directory().resolve("work"), context.threads(), List.of(dataset.parquet()));
    }

    private static Dataset data(StepContext context) throws IOException {
        return Dataset.read(context, input(context, "data"));
    }

    private static Candidate candidate(StepContext context) throws IOException {
        return Candidate.ofInputs(context, input(context, "model"), input(context, "transform"));
    }

    private Optional<Candidate> baseline(StepContext context) throws IOException {
        var digest = digest(context);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        var version = baselines
                .byDigest(context.workspace(), digest.get())
                .orElseThrow(() -> new EsteiraException(
                        EvaluationErrorCode.EVALUATION_INPUT_MISSING,
                        "The registered version " + digest.get().abbreviated() + " to compare with is gone.",
                        "Run again; the alias is looked up anew."));
        return Optional.of(Candidate.ofVersion(context, version));
    }

    private static Optional<Digest> digest(StepContext context) {
        return context.resolved().text(EvaluateKind.BASELINE).map(Digest::parse);
    }

    private static Artifact input(StepContext context, String name) {
        return Objects.requireNonNull(context.inputs().get(name), name);
    }

    private static List<String> known(List<String> names, Dataset dataset) {
        for (var name : names) {
            if (dataset.schema().column(name).isEmpty()) {
                throw new EsteiraException(
                        EvaluationErrorCode.EVALUATION_COLUMN_UNKNOWN,
                        "The rows have no column '" + name + "'.",
                        Ports.nearest(name, dataset.schema().names()));
            }
        }
        return names;
    }
}
