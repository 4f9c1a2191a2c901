package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step of a run as it stands.
 *
 * @param pipeline the name of the pipeline, for the history of the step
 * @param forced whether the caller asked for it to run
 * @param usesCache whether the run lets it use stored values
 * @param tries what was tried so far
 * @param keyed its key, once it was ready
 * @param outcome what it gave, once it succeeded; of a refused one what is kept to look at
 * @param failure why it failed last
 */
record RunStep(
        StepRef ref,
        String pipeline,
        int position,
        StepPlan plan,
        boolean forced,
        boolean usesCache,
        StepState state,
        int unsatisfied,
        Tries tries,
        Optional<Keyed> keyed,
        Optional<Outcome> outcome,
        Optional<Failure> failure,
        long version,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /**
     * Counts of attempts.
     *
     * @param attempts all; the number of the latest, which is its fencing token
     * @param charged those that count against the retries
     * @param lost those of which nobody knows how they ended
     */
    record Tries(int attempts, int charged, int lost) {}

    /**
     * The key and what it was made of.
     *
     * @param places the paths of the files that it names, by place
     * @param causes why no stored value served, empty when one did
     * @param basis the earlier step that it was compared with
     */
    record Keyed(
            Digest key, Value.Fields components, Value.Fields places, List<MissCause> causes, Optional<Basis> basis) {
        Keyed {
            causes = List.copyOf(causes);
        }
    }

    /** A step of an earlier run. */
    record Basis(String run, String step) {}

    String name() {
        return ref.step();
    }

    /** A step of which nothing was done. */
    static RunStep fresh(
            StepRef ref,
            String pipeline,
            int position,
            StepPlan plan,
            boolean forced,
            boolean usesCache,
            int unsatisfied) {
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                StepState.PENDING,
                unsatisfied,
                new Tries(0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** The fencing token of the latest attempt. */
    int token() {
        return tries.attempts();
    }

    /** This step in another state that the table allows. */
    RunStep to(StepState next, Instant now) {
        StateMachine.STEP.require(state, next);
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                next,
                unsatisfied,
                tries,
                keyed,
                outcome,
                failure,
                version,
                startedAt.isEmpty() && next == StepState.RUNNING ? Optional.of(now) : startedAt,
                next.ended() ? Optional.of(now) : endedAt);
    }

    RunStep with(Tries changed) {
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                state,
                unsatisfied,
                changed,
                keyed,
                outcome,
                failure,
                version,
                startedAt,
                endedAt);
    }

    RunStep with(Keyed changed) {
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                state,
                unsatisfied,
                tries,
                Optional.of(changed),
                outcome,
                failure,
                version,
                startedAt,
                endedAt);
    }

    RunStep with(Outcome changed) {
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                state,
                unsatisfied,
                tries,
                keyed,
                Optional.of(changed),
                failure,
                version,
                startedAt,
                endedAt);
    }

    RunStep with(Failure changed) {
        return new RunStep(
                ref,
                pipeline,
                position,
                plan,
                forced,
                usesCache,
                state,
                unsatisfied,
                tries,
                keyed,
                outcome,
                Optional.of(changed),
                version,
                startedAt,
                endedAt);
    }
}
