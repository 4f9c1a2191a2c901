package dev.esteira.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a step does not run yet.
 *
 * @param sentence for people
 * @param until when it goes on, where that is known
 * @param steps what it waits for: steps of the same run by name, those of other runs as {@code run/step}
 * @param ahead how many steps are served before it, when it waits for a worker
 */
public record Waiting(
        String step,
        StepState state,
        Reason reason,
        String sentence,
        Optional<Instant> until,
        List<String> steps,
        Optional<Integer> ahead) {

    /** What it waits for. */
    public enum Reason {
        /** Steps before it have not ended. */
        STEPS,
        /** Its run has not begun. */
        RUN,
        /** The server is finding out what it depends on. */
        PREPARATION,
        /** Another step is making the same value. */
        TWIN,
        /** All workers are busy. */
        WORKERS,
        /** No server with workers moves its run along. */
        SERVER,
        /** Its last attempt failed, and it is tried again after a pause. */
        BACK_OFF,
        /** A person has to say whether a change was made. */
        PERSON
    }

    public Waiting {
        steps = List.copyOf(steps);
    }
}
