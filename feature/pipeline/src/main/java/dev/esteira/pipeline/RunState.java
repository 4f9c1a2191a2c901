package dev.esteira.pipeline;

/** Where a pipeline run stands. A state that is an end never changes again; resuming makes a new run. */
public enum RunState {
    CREATED,
    QUEUED,
    RUNNING,
    /** Nothing can go on before a person decides. */
    PAUSED,
    /** Attempts that still live are being ended. */
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether the run has ended. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
