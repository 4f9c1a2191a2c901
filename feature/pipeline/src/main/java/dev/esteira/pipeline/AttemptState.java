package dev.esteira.pipeline;

/** Where one attempt of a step stands. */
public enum AttemptState {
    /** Its row exists; nothing may have been started yet. */
    DISPATCHED,
    STARTED,
    COMMITTING,
    COMMITTED,
    /** It ended with an error, or its result was refused. */
    ERRORED,
    /** Nobody knows how it ended; it is not counted against the retries. */
    LOST,
    /** A newer attempt had taken its place when it wanted to commit. */
    FENCED,
    /** It was cancelled. */
    KILLED;

    /** Whether the attempt has ended. */
    public boolean ended() {
        return switch (this) {
            case DISPATCHED, STARTED, COMMITTING -> false;
            case COMMITTED, ERRORED, LOST, FENCED, KILLED -> true;
        };
    }
}
