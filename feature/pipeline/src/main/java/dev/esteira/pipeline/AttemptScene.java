package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What an attempt sees of the engine. Thread-safe. */
final class AttemptScene implements StepContext {

    /**
     * What is fixed.
     *
     * @param seed empty when the kind uses none
     */
    record Facts(String pipeline, String run, String attempt, Value.Fields resolved, OptionalLong seed, int threads) {}

    @Limit(value = "Annotations of one attempt.", unit = "annotations")
    private static final int MAX_ANNOTATIONS = 100;

    private static final String ANNOTATIONS = "annotations.json";

    private final ResolveScene scene;
    private final Facts facts;
    private final AttemptFolder folder;
    private final Consumer<Value.Fields> progress;
    private final Map<String, Value> annotations = new LinkedHashMap<>();
    private volatile boolean cancelled;

    AttemptScene(ResolveScene scene, Facts facts, AttemptFolder folder, Consumer<Value.Fields> progress) {
        this.scene = scene;
        this.facts = facts;
        this.folder = folder;
        this.progress = progress;
    }

    AttemptFolder folder() {
        return folder;
    }

    void cancel() {
        cancelled = true;
    }

    Value.Fields annotations() {
        synchronized (annotations) {
            return Value.ofFields(annotations);
        }
    }

    /** Keeps what was noted so far beyond the end of this server. */
    void keepAnnotations() throws IOException {
        folder.keep(ANNOTATIONS, CanonicalJson.bytes(annotations()));
    }

    /** Notes again what was noted before an earlier server ended. */
    void readAnnotations() throws IOException {
        var kept = folder.file(ANNOTATIONS);
        if (Files.exists(kept)) {
            synchronized (annotations) {
                annotations.putAll(Json.parseFields(Files.readString(kept)).entries());
            }
        }
    }

    @Override
    public WorkspaceName workspace() {
        return scene.workspace();
    }

    @Override
    public StepSpec spec() {
        return scene.spec();
    }

    @Override
    public Map<String, Artifact> inputs() {
        return scene.inputs();
    }

    @Override
    public Map<String, Artifact> references() {
        return scene.references();
    }

    @Override
    public Map<String, Digest> files() {
        return scene.files();
    }

    @Override
    public Path file(String path) throws IOException {
        return scene.file(path);
    }

    @Override
    public Path local(ArtifactFile file) throws IOException {
        return scene.local(file);
    }

    @Override
    public String pipeline() {
        return facts.pipeline();
    }

    @Override
    public String run() {
        return facts.run();
    }

    @Override
    public String attempt() {
        return facts.attempt();
    }

    @Override
    public Value.Fields resolved() {
        return facts.resolved();
    }

    @Override
    public long seed() {
        return facts.seed()
                .orElseThrow(() -> new IllegalStateException(
                        "The kind says that the step is not seeded, so its key knows no seed"));
    }

    @Override
    public int threads() {
        return facts.threads();
    }

    @Override
    public Path directory() {
        try {
            return folder.work();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Artifact publish(ArtifactType type, Map<String, Path> files, Value.Fields summary) throws IOException {
        var stored = new ArrayList<ArtifactFile>();
        for (var file : new TreeMap<>(files).entrySet()) {
            var content = scene.store().adopt(file.getValue());
            stored.add(new ArtifactFile(file.getKey(), content.digest(), content.size()));
        }
        return new Artifact(type, stored, summary);
    }

    @Override
    public void progress(Value.Fields shown) {
        progress.accept(shown);
    }

    @Override
    public void log(String line) {
        try {
            folder.log(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void annotate(String key, String value) {
        synchronized (annotations) {
            if (annotations.size() >= MAX_ANNOTATIONS) {
                throw new EsteiraException(
                        PipelineErrorCode.TOO_MANY_ANNOTATIONS,
                        "An attempt wanted to note more than " + MAX_ANNOTATIONS + " things about itself.",
                        "Write them into an output.");
            }
            annotations.put(key, Value.of(value));
        }
    }

    @Override
    public void throwIfCancelled() throws InterruptedException {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("The attempt is to end");
        }
    }
}
