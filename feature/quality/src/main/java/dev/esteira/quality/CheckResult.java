package dev.esteira.quality;

import java.time.Instant;
import java.util.Optional;

/**
 * What a check found in a run, as the history keeps it.
 *
 * @param value the figure, where there was one
 * @param cached whether the step's outputs came from the cache
 */
record CheckResult(
        String pipeline,
        Place place,
        String kind,
        String severity,
        String verdict,
        Optional<Double> value,
        boolean cached) {

    /**
     * By which the results of a pipeline are ordered, the newest first.
     *
     * @param input the input's name; empty for a check of all parts together
     */
    record Place(Instant created, String run, String step, String check, String input) {}
}
