package dev.esteira.testing;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepContext;
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
 * An attempt of a step without an engine: contents lie under their digest in a folder, and everything that the step says
 * is kept. For one thread.
 */
public final class FolderAttempt implements StepContext {

    private final Path folder;
    private final Path directory;
    private final StepSpec spec;
    private final Map<String, Artifact> inputs = new LinkedHashMap<>();
    private final Map<String, Artifact> references = new LinkedHashMap<>();
    private final List<Value.Fields> progress = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private Path bundle;
    private Value.Fields resolved = Value.Fields.EMPTY;
    private int threads = 2;

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
        return "run";
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
        return 7;
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
