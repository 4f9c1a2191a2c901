package dev.esteira.pipeline;

/** Where a step of a run stands. */
public enum StepState {
    /** Waits for the steps before it. */
    PENDING,
    /** Everything before it is done; its key is made next. */
    READY,
    /** Another step makes the value for the same key right now. */
    WAITING_CACHE,
    /** Waits for a free worker. */
    QUEUED,
    /** One attempt lives. */
    RUNNING,
    /** The next attempt is due at a stored time. */
    RETRY_WAIT,
    /** Waits for a person; holds no worker. */
    AWAITING_INPUT,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    UPSTREAM_FAILED,
    CANCELLED;

    /** Whether the step has ended. */
    public boolean ended() {
        return switch (this) {
            case SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> true;
            case PENDING, READY, WAITING_CACHE, QUEUED, RUNNING, RETRY_WAIT, AWAITING_INPUT -> false;
        };
    }
}
