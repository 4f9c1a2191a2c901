package dev.esteira.pipeline;

import java.util.List;

/**
 * Which state may follow which, as data. The engine asks before every change, and the diagram in the specification is
 * made from the same table.
 */
final class StateMachine<S extends Enum<S>> {

    /**
     * One arrow of the diagram.
     *
     * @param trigger what makes it happen
     */
    record Rule<S>(S from, String trigger, S to) {}

    static final StateMachine<RunState> RUN = new StateMachine<>(List.of(
            new Rule<>(RunState.CREATED, "submitted", RunState.QUEUED),
            new Rule<>(RunState.QUEUED, "admitted", RunState.RUNNING),
            new Rule<>(RunState.QUEUED, "cancelled", RunState.CANCELLED),
            new Rule<>(RunState.RUNNING, "person needed", RunState.PAUSED),
            new Rule<>(RunState.PAUSED, "decided", RunState.RUNNING),
            new Rule<>(RunState.RUNNING, "cancelled", RunState.CANCELLING),
            new Rule<>(RunState.PAUSED, "cancelled", RunState.CANCELLING),
            new Rule<>(RunState.RUNNING, "all steps ended well", RunState.SUCCEEDED),
            new Rule<>(RunState.RUNNING, "all steps ended, one failed", RunState.FAILED),
            new Rule<>(RunState.CANCELLING, "all steps ended", RunState.CANCELLED)));

    static final StateMachine<StepState> STEP = new StateMachine<>(List.of(
            new Rule<>(StepState.PENDING, "all before it ended", StepState.READY),
            new Rule<>(StepState.PENDING, "input skipped", StepState.SKIPPED),
            new Rule<>(StepState.PENDING, "failure before it", StepState.UPSTREAM_FAILED),
            new Rule<>(StepState.PENDING, "carried over", StepState.SUCCEEDED),
            new Rule<>(StepState.PENDING, "run cancelled", StepState.CANCELLED),
            new Rule<>(StepState.READY, "condition is false", StepState.SKIPPED),
            new Rule<>(StepState.READY, "value in the cache", StepState.SUCCEEDED),
            new Rule<>(StepState.READY, "lease of another", StepState.WAITING_CACHE),
            new Rule<>(StepState.READY, "has to run", StepState.QUEUED),
            new Rule<>(StepState.READY, "cannot be resolved", StepState.FAILED),
            new Rule<>(StepState.READY, "resolving is tried again", StepState.RETRY_WAIT),
            new Rule<>(StepState.READY, "run cancelled", StepState.CANCELLED),
            new Rule<>(StepState.WAITING_CACHE, "lease ended", StepState.READY),
            new Rule<>(StepState.WAITING_CACHE, "run cancelled", StepState.CANCELLED),
            new Rule<>(StepState.QUEUED, "attempt dispatched", StepState.RUNNING),
            new Rule<>(StepState.QUEUED, "server restarted", StepState.READY),
            new Rule<>(StepState.QUEUED, "run cancelled", StepState.CANCELLED),
            new Rule<>(StepState.RUNNING, "committed", StepState.SUCCEEDED),
            new Rule<>(StepState.RUNNING, "tried again", StepState.RETRY_WAIT),
            new Rule<>(StepState.RUNNING, "failed", StepState.FAILED),
            new Rule<>(StepState.RUNNING, "effect unknown", StepState.AWAITING_INPUT),
            new Rule<>(StepState.RUNNING, "killed", StepState.CANCELLED),
            new Rule<>(StepState.RETRY_WAIT, "due", StepState.READY),
            new Rule<>(StepState.RETRY_WAIT, "run cancelled", StepState.CANCELLED),
            new Rule<>(StepState.AWAITING_INPUT, "person: it was done", StepState.SUCCEEDED),
            new Rule<>(StepState.AWAITING_INPUT, "person: do it again", StepState.READY),
            new Rule<>(StepState.AWAITING_INPUT, "run cancelled", StepState.CANCELLED)));

    static final StateMachine<AttemptState> ATTEMPT = new StateMachine<>(List.of(
            new Rule<>(AttemptState.DISPATCHED, "started", AttemptState.STARTED),
            new Rule<>(AttemptState.DISPATCHED, "could not start", AttemptState.ERRORED),
            new Rule<>(AttemptState.DISPATCHED, "no trace after a restart", AttemptState.LOST),
            new Rule<>(AttemptState.DISPATCHED, "cancelled", AttemptState.KILLED),
            new Rule<>(AttemptState.STARTED, "outputs stored", AttemptState.COMMITTING),
            new Rule<>(AttemptState.STARTED, "error", AttemptState.ERRORED),
            new Rule<>(AttemptState.STARTED, "gone", AttemptState.LOST),
            new Rule<>(AttemptState.STARTED, "cancelled", AttemptState.KILLED),
            new Rule<>(AttemptState.STARTED, "newer attempt", AttemptState.FENCED),
            new Rule<>(AttemptState.COMMITTING, "committed", AttemptState.COMMITTED),
            new Rule<>(AttemptState.COMMITTING, "refused", AttemptState.ERRORED)));

    private final List<Rule<S>> rules;

    private StateMachine(List<Rule<S>> rules) {
        this.rules = rules;
    }

    List<Rule<S>> rules() {
        return rules;
    }

    boolean allows(S from, S to) {
        return rules.stream().anyMatch(rule -> rule.from() == from && rule.to() == to);
    }

    /**
     * Stops a change that the table does not have.
     *
     * @throws IllegalStateException when there is no such arrow, which is a fault of the engine
     */
    void require(S from, S to) {
        if (!allows(from, to)) {
            throw new IllegalStateException("No way leads from " + from + " to " + to);
        }
    }
}
