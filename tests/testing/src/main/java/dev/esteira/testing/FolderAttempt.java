package dev.esteira.testing;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Execution;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An attempt of a step without an engine: contents lie under their digest in a folder, children are started without a
 * shim, and everything that the step says is kept. Refuses a seed where the kind says that it needs none. For one
 * thread.
 */
public final class FolderAttempt implements StepContext {

    private final Path folder;
    private final Path directory;
    private StepSpec spec;
    private final Map<String, Artifact> inputs = new LinkedHashMap<>();
    private final Map<String, Artifact> references = new LinkedHashMap<>();
    private final List<Value.Fields> progress = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private Path bundle;
    private Value.Fields resolved = Value.Fields.EMPTY;
    private String run = "run";
    private int threads = 2;
    private long seed = 7;
    private boolean seeded = true;

    /**
     * An attempt in a folder of its own below the given one; attempts over the same folder see each other's contents.
     *
     * @throws IOException when the folder cannot be made
     */
    public FolderAttempt(Path folder, Value.Fields fields, Value.Fields params) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("contents"));
        this.directory = Files.createTempDirectory(folder, "attempt");
        this.bundle = folder;
        this.spec = new StepSpec("step", fields, params);
    }

    /** Gives the step an input. */
    public FolderAttempt input(String name, Artifact artifact) {
        inputs.put(name, artifact);
        return this;
    }

    /** Gives the step a reference. */
    public FolderAttempt reference(String name, Artifact artifact) {
        references.put(name, artifact);
        return this;
    }

    /** Lets the step find its bundle's files in a folder. */
    public FolderAttempt bundle(Path files) {
        bundle = files;
        return this;
    }

    /** Gives the step what its kind resolved. */
    public FolderAttempt resolved(Value.Fields values) {
        resolved = values;
        return this;
    }

    /** Gives the step a number of threads; 2 unless said otherwise. */
    public FolderAttempt threads(int most) {
        threads = most;
        return this;
    }

    /** Gives the step a seed; 7 unless said otherwise. */
    public FolderAttempt seed(long number) {
        seed = number;
        return this;
    }

    /** Gives step and run other names, which no output may know. */
    public FolderAttempt called(String step, String runId) {
        spec = new StepSpec(step, spec.fields(), spec.params());
        run = runId;
        return this;
    }

    /** Resolves the step and carries it out, and expects it to succeed. */
    public Map<String, Artifact> run(StepKind kind) throws IOException, InterruptedException {
        var result = perform(kind);
        if (result instanceof StepResult.Succeeded succeeded) {
            return succeeded.outputs();
        }
        throw new AssertionError("The step ended with " + result + ", notes: " + notes);
    }

    /** Resolves the step and carries it out, however it ends; a child's moments as often as restarts may make them. */
    public StepResult perform(StepKind kind) throws IOException, InterruptedException {
        seeded = kind.seeded(spec);
        resolved = kind.resolve(this);
        return switch (kind.execution(spec)) {
            case Execution.Inline(var body) -> body.run(this);
            case Execution.Child(var body) -> {
                var launch = body.prepare(this);
                if (!body.prepare(this).equals(launch)) {
                    throw new AssertionError("Prepared again in the same folder, it starts otherwise");
                }
                ChildProcess.run(launch, directory);
                for (var restart = 0; restart < 2; restart++) {
                    ChildProcess.progress(directory).forEach(line -> body.observe(this, line));
                }
                yield body.collect(this);
            }
            case Execution.Outside(var body) -> body.perform(this, "key");
        };
    }

    /** What the step said of its progress. */
    public List<Value.Fields> told() {
        return List.copyOf(progress);
    }

    /** What the step noted of its attempt. */
    public Map<String, String> notes() {
        return Map.copyOf(notes);
    }

    /**
     * The text of a file of an artifact.
     *
     * @throws IOException when there is none
     */
    public String text(Artifact artifact, String path) throws IOException {
        return Files.readString(local(artifact.file(path).orElseThrow(() -> new NoSuchFileException(path))));
    }

    @Override
    public WorkspaceName workspace() {
        return WorkspaceName.DEFAULT;
    }

    @Override
    public StepSpec spec() {
        return spec;
    }

    @Override
    public Map<String, Artifact> inputs() {
        return inputs;
    }

    @Override
    public Map<String, Artifact> references() {
        return references;
    }

    @Override
    public Map<String, Digest> files() {
        return Map.of();
    }

    @Override
    public Path file(String path) throws IOException {
        var file = bundle.resolve(path);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(path);
        }
        return file;
    }

    @Override
    public Path local(ArtifactFile file) {
        return folder.resolve(file.digest().hex());
    }

    @Override
    public String pipeline() {
        return "pipeline";
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public String attempt() {
        return String.valueOf(directory.getFileName());
    }

    @Override
    public Value.Fields resolved() {
        return resolved;
    }

    @Override
    public long seed() {
        if (!seeded) {
            throw new IllegalStateException("The kind says that the step is not seeded");
        }
        return seed;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Artifact publish(ArtifactType type, Map<String, Path> files, Value.Fields summary) throws IOException {
        var stored = new ArrayList<ArtifactFile>();
        for (var file : files.entrySet()) {
            var bytes = Files.readAllBytes(file.getValue());
            var digest = Digest.of(bytes);
            Files.write(folder.resolve(digest.hex()), bytes);
            Files.delete(file.getValue());
            stored.add(new ArtifactFile(file.getKey(), digest, bytes.length));
        }
        return new Artifact(type, stored, summary);
    }

    @Override
    public void progress(Value.Fields figures) {
        progress.add(figures);
    }

    @Override
    public void log(String line) {
        notes.merge("log", line, (before, next) -> before + "\n" + next);
    }

    @Override
    public void annotate(String key, String value) {
        notes.put(key, value);
    }

    @Override
    public void throwIfCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
