package dev.esteira.spi;

import dev.esteira.kernel.Value;
import java.io.IOException;
import java.util.Map;

/**
 * A kind of step: what {@code kind:} names in a pipeline file. It goes through phases: {@link #check} when the file is
 * submitted, {@link #resolve} when the inputs exist, then the engine makes the key, and where no value is found for it,
 * {@link #execution}; the outputs' {@link Sink}s belong to the engine's commit. Implementations are stateless and
 * thread-safe.
 */
public interface StepKind {

    /** The word in files, e.g. {@code ingest}; a plugin's is {@code vendor/name}. */
    String name();

    /** Raised when the meaning of the same file changes. */
    int major();

    /**
     * What decides the outputs beside the inputs: version of this code and of the libraries that compute. Part of the
     * step's key, so it changes exactly when results may change.
     */
    String implementation();

    /** What the step does to the world. */
    Effect effect();

    /** Whether equal keys give equal outputs, so that a stored value serves. */
    default boolean cached() {
        return effect() != Effect.EFFECT;
    }

    /**
     * Whether the outputs of a step depend on {@link StepContext#seed}. Where they do not, another seed of the run is no
     * reason to run again, and the step cannot ask for one.
     *
     * @param spec a step that {@link #check} found no problem with
     */
    default boolean seeded(StepSpec spec) {
        return true;
    }

    /** One sentence for the reference. */
    String documentation();

    /** The kind's own fields. */
    Shape.Group shape();

    /**
     * Checks names and types that the shape cannot, as far as they are known, and reports every problem.
     *
     * @return the outputs by name, as far as they can be told; complete even when there were problems
     */
    Map<String, Outline> check(StepSpec spec, CheckContext context);

    /**
     * Replaces everything that can change under the step (aliases, sources, freshness) by names of contents. Becomes
     * part of the key, component by component. Quick, and changes nothing.
     */
    default Value.Fields resolve(ResolveContext context) throws IOException {
        return Value.Fields.EMPTY;
    }

    /** How the step is carried out. */
    Execution execution(StepSpec spec);
}
