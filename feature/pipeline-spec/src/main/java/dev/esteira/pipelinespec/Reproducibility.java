package dev.esteira.pipelinespec;

import java.util.Optional;

/**
 * How far two runs of the same file must agree.
 *
 * @param seed from which the seeds of all steps are drawn; empty only where nothing was promised and none was given
 */
public record Reproducibility(Level level, Optional<Long> seed) {

    /** What is promised. */
    public enum Level {
        /** Nothing: each run draws its own seed unless one is given. */
        NONE,
        /** The same file, data and seed give the same outputs. */
        SEEDED
    }
}
