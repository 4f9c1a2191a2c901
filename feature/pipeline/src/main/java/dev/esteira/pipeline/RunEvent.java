package dev.esteira.pipeline;

import dev.esteira.kernel.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in a run. The terminal, the web page and exports read the same events.
 *
 * @param seq counts from 1 within the run, without gaps
 * @param type {@code run}, {@code step}, {@code attempt} or {@code progress}
 * @param step the name of the step, empty for the run itself
 * @param body what happened, at least {@code state} but for progress
 */
public record RunEvent(long seq, Instant at, String type, Optional<String> step, Value.Fields body) {

    /** The run changed its state. */
    public static final String RUN = "run";
    /** A step changed its state. */
    public static final String STEP = "step";
    /** An attempt changed its state. */
    public static final String ATTEMPT = "attempt";
    /** A step says how far it is. */
    public static final String PROGRESS = "progress";
}
