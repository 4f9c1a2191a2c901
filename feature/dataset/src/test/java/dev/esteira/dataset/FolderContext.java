package dev.esteira.dataset;

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
import java.util.concurrent.atomic.AtomicInteger;

/** An attempt of a step whose contents lie in a folder under their digest. */
final class FolderContext implements StepContext {

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    final List<String> log = new ArrayList<>();
    final Map<String, Artifact> inputs = new LinkedHashMap<>();
    int threads = 2;
    long seed = 7;
    private boolean seeded = true;

    private final Path folder;
    private final Path directory;
    private final Path bundle;
    private Value.Fields fields = Value.Fields.EMPTY;

    FolderContext(Path folder, Path bundle) throws IOException {
        this.folder = folder;
        this.bundle = bundle;
        this.directory = Files.createDirectories(folder.resolve("attempt" + ATTEMPTS.incrementAndGet()));
    }

    /** Runs a kind that runs inline. */
    Map<String, Artifact> run(StepKind kind, Value.Fields written) throws IOException, InterruptedException {
        fields = written;
        seeded = kind.seeded(spec());
        var body = ((Execution.Inline) kind.execution(spec())).body();
        return ((StepResult.Succeeded) body.run(this)).outputs();
    }

    @Override
    public WorkspaceName workspace() {
        return WorkspaceName.DEFAULT;
    }

    @Override
    public StepSpec spec() {
        return new StepSpec("step", fields, Value.Fields.EMPTY);
    }

    @Override
    public Map<String, Artifact> inputs() {
        return inputs;
    }

    @Override
    public Map<String, Artifact> references() {
        return Map.of();
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
        return "attempt";
    }

    @Override
    public Value.Fields resolved() {
        return Value.Fields.EMPTY;
    }

    @Override
    public long seed() {
        if (!seeded) {
            throw new IllegalStateException("The step says that it is not seeded");
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
    public void progress(Value.Fields progress) {
        log.add(progress.toString());
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    @Override
    public void annotate(String key, String value) {
        log.add(key + "=" + value);
    }

    @Override
    public void throwIfCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
