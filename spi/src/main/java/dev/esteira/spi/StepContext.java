package dev.esteira.spi;

import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One attempt of a step: what it works on, and where it puts what it makes. Thread-safe. */
public interface StepContext extends ResolveContext {

    /** The name of the pipeline. */
    String pipeline();

    /** The id of the pipeline run. */
    String run();

    /** The id of this attempt, unique for ever and the same after a restart: derive ids of your own from it. */
    String attempt();

    /** What {@link StepKind#resolve} answered. */
    Value.Fields resolved();

    /**
     * The seed of the step: from the run's seed and the step's key, never from a name or id.
     *
     * @throws IllegalStateException when the kind says that the step is not {@link StepKind#seeded}
     */
    long seed();

    /** The number of threads that the step may use, at least 1. Outputs must not depend on it. */
    int threads();

    /** A folder of this attempt alone, empty at its start, the same after a restart, removed after its end. */
    Path directory();

    /**
     * Stores files as an artifact. The files are moved into the store and are gone afterwards. Nobody sees the artifact
     * before the step has been committed.
     *
     * @param files local files by their path in the artifact
     * @param summary see {@link Artifact}
     * @throws IOException when storing failed, e.g. because the disk is full
     */
    Artifact publish(ArtifactType type, Map<String, Path> files, Value.Fields summary) throws IOException;

    /**
     * Shows how far the step is. Cheap; at most ten a second are kept.
     *
     * @param progress e.g. {@code rows}, {@code round}, {@code total}, and the last metric by its name
     */
    void progress(Value.Fields progress);

    /** Adds a line to the step's log. */
    void log(String line);

    /** Notes something about this attempt that is no output, e.g. the id of its tracked run. Kept for ever. */
    void annotate(String key, String value);

    /**
     * Call it now and then in long loops.
     *
     * @throws InterruptedException when the attempt was cancelled or timed out
     */
    void throwIfCancelled() throws InterruptedException;
}
