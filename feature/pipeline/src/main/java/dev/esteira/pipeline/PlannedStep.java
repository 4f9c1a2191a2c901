package dev.esteira.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What would happen to a step.
 *
 * @param causes why it would run; empty unless it is a miss
 * @param differences what changed since the nearest earlier run of it
 * @param dependsOn the steps before it of which nobody knows yet what they give; a step that {@code DEPENDS} is served
 *     from the cache if they come out as before
 * @param predicted how long it takes when it runs, from its last runs; empty when it never ran
 */
public record PlannedStep(
        String step,
        String kind,
        Verdict verdict,
        List<MissCause> causes,
        List<Difference> differences,
        List<String> dependsOn,
        Optional<Duration> predicted) {

    public PlannedStep {
        causes = List.copyOf(causes);
        differences = List.copyOf(differences);
        dependsOn = List.copyOf(dependsOn);
    }

    /** What would happen. */
    public enum Verdict {
        /** A stored value serves. */
        HIT,
        /**
         * It runs, whatever the steps before it give: of the last steps of its kind none was the same in what the steps
         * before do not decide.
         */
        MISS,
        /** Another run makes the value right now. */
        WAIT,
        /** It depends on what steps before it give. */
        DEPENDS,
        /** Its condition is false, or an input is skipped. */
        SKIP
    }
}
