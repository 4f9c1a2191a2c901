package dev.esteira.endtoend;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.IngestKind;
import dev.esteira.dataset.SplitKind;
import dev.esteira.document.Json;
import dev.esteira.evaluation.Baselines;
import dev.esteira.evaluation.EvaluateKind;
import dev.esteira.evaluation.GateKind;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.pipelinespec.CheckedPipeline;
import dev.esteira.pipelinespec.CheckedStep;
import dev.esteira.pipelinespec.OutputReference;
import dev.esteira.pipelinespec.PipelineCheck;
import dev.esteira.pipelinespec.PipelineReader;
import dev.esteira.quality.CheckRegistry;
import dev.esteira.quality.ValidateKind;
import dev.esteira.registry.RegisterKind;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Launch;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import dev.esteira.tracking.TrackingModule;
import dev.esteira.training.TrainKind;
import dev.esteira.transform.TransformKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Walks a pipeline file of the examples with the real kinds, contents and children, one step after the other and without
 * the engine: what the steps give is looked at apart from how they are driven.
 */
final class Belt implements AutoCloseable {

    private final Path folder;
    private final Path example;
    private final int threads;
    private final ManualClock clock = new ManualClock();
    private final FileArtifactStore store;
    private final Database main;
    private final Database tracking;
    private final PipelineReader reader;
    private final SequencedMap<String, StepResult> results = new LinkedHashMap<>();
    private Optional<Artifact> champion = Optional.empty();

    Belt(Path folder, Path example, int threads, List<String> jvmOptions) {
        this.folder = folder;
        this.example = example;
        this.threads = threads;
        this.store = new FileArtifactStore(folder.resolve("contents"), clock);
        store.start(clock.instant());
        this.main = Database.sqlite(folder.resolve("main.db"), MigrationChain.MAIN);
        main.start();
        this.tracking = Database.sqlite(folder.resolve("tracking.db"), MigrationChain.TRACKING);
        tracking.start();
        var runs = new TrackingModule(tracking, main, store, clock, new SequentialIds(), List.of());
        runs.start();
        this.reader = new PipelineReader(kinds(jvm(jvmOptions), runs));
    }

    private List<StepKind> kinds(ChildJvm jvm, TrackingModule runs) {
        var engine = new DataEngine(DataEngine.DEFAULT_MEMORY_BYTES);
        return List.of(
                new IngestKind(engine),
                new SplitKind(engine),
                new TransformKind(engine, jvm),
                new ValidateKind(engine, CheckRegistry.builtIn()),
                new TrainKind(engine, jvm, runs.tracking(), clock),
                new EvaluateKind(engine, jvm, new Champion()),
                new GateKind(),
                new RegisterKind());
    }

    private static ChildJvm jvm(List<String> options) {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, options);
    }

    /** The version that later walks are compared with. */
    void promote(Artifact version) {
        champion = Optional.of(version);
    }

    /** The checked pipeline of a file. */
    CheckedPipeline check(String file, Value.Fields params) throws IOException {
        var text = Files.readString(example.resolve(file));
        return switch (reader.check(file, text, params, path -> Optional.of(example.resolve(path)))) {
            case PipelineCheck.Valid(var pipeline) -> pipeline;
            case PipelineCheck.Invalid(var problems) ->
                throw new AssertionError(
                        problems.stream().map(problem -> problem.render()).toList());
        };
    }

    /** The results of the steps up to the first that refuses. */
    SequencedMap<String, StepResult> walk(String file, Value.Fields params) throws IOException, InterruptedException {
        results.clear();
        var pipeline = check(file, params);
        for (var step : pipeline.steps()) {
            var result = run(pipeline.metadata().name(), step);
            results.put(step.name(), result);
            if (result instanceof StepResult.Refused) {
                break;
            }
        }
        return results;
    }

    Artifact output(String step, String name) {
        return results.get(step).outputs().get(name);
    }

    /** A document of an artifact. */
    Value.Fields document(Artifact artifact, String path) throws IOException {
        return Json.parseFields(
                Files.readString(store.local(artifact.file(path).orElseThrow().digest())));
    }

    private StepResult run(String pipeline, CheckedStep step) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(folder, step.name());
        var inputs = artifacts(step.links().inputs());
        var references = artifacts(step.links().references());
        var open = new Attempt(this, pipeline, step.spec(), inputs, references, Value.Fields.EMPTY, directory);
        var context = new Attempt(
                this, pipeline, step.spec(), inputs, references, step.kind().resolve(open), directory);
        return switch (step.kind().execution(step.spec())) {
            case Execution.Inline(var body) -> body.run(context);
            case Execution.Child(var body) -> {
                start(body.prepare(context), directory);
                var progress = directory.resolve("progress");
                if (Files.exists(progress)) {
                    Files.readAllLines(progress).forEach(line -> body.observe(context, line));
                }
                yield body.collect(context);
            }
            case Execution.Outside outside -> throw new AssertionError("No step of the examples changes the world");
        };
    }

    private SequencedMap<String, Artifact> artifacts(Map<String, OutputReference> references) {
        var artifacts = new LinkedHashMap<String, Artifact>();
        references.forEach((name, from) -> artifacts.put(name, output(from.step(), from.output())));
        return artifacts;
    }

    private static void start(Launch launch, Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(launch.command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().putAll(launch.environment());
        var status = builder.start().waitFor();
        if (status != 0) {
            throw new AssertionError(
                    "The child ended with " + status + ": " + Files.readString(directory.resolve("log")));
        }
    }

    @Override
    public void close() {
        tracking.close();
        main.close();
    }

    private final class Champion implements Baselines {
        @Override
        public Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias) {
            return champion;
        }

        @Override
        public Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest) {
            return champion.filter(version -> version.digest().equals(digest));
        }
    }

    private record Attempt(
            Belt belt,
            String pipeline,
            StepSpec spec,
            Map<String, Artifact> inputs,
            Map<String, Artifact> references,
            Value.Fields resolved,
            Path directory)
            implements StepContext {

        @Override
        public WorkspaceName workspace() {
            return WorkspaceName.DEFAULT;
        }

        @Override
        public String run() {
            return "run";
        }

        @Override
        public String attempt() {
            return directory.toString();
        }

        @Override
        public long seed() {
            return 2013;
        }

        @Override
        public int threads() {
            return belt.threads;
        }

        @Override
        public Map<String, Digest> files() {
            return Map.of();
        }

        @Override
        public Path file(String path) {
            return belt.example.resolve(path);
        }

        @Override
        public Path local(ArtifactFile file) throws IOException {
            return belt.store.local(file.digest());
        }

        @Override
        public Artifact publish(ArtifactType type, Map<String, Path> files, Value.Fields summary) throws IOException {
            var stored = new LinkedHashMap<String, ArtifactFile>();
            for (var file : files.entrySet()) {
                var content = belt.store.adopt(file.getValue());
                stored.put(file.getKey(), new ArtifactFile(file.getKey(), content.digest(), content.size()));
            }
            return new Artifact(type, List.copyOf(stored.values()), summary);
        }

        @Override
        public void progress(Value.Fields progress) {
            // Nobody watches.
        }

        @Override
        public void log(String line) {
            // Nobody reads.
        }

        @Override
        public void annotate(String key, String value) {
            // Nothing is kept.
        }

        @Override
        public void throwIfCancelled() {
            // Nobody cancels.
        }
    }
}
