package dev.esteira.work;

import java.io.IOException;
import java.time.Duration;

/**
 * A kind of background work. May be called again for work that was done, after a crash between doing and noting it, so
 * it is idempotent. Thread-safe.
 */
public interface WorkKind {

    /** The name, never used again for something else. */
    String name();

    /** What happens after failures. */
    default RetryPolicy retry() {
        return RetryPolicy.STANDARD;
    }

    /** How long a process may be silent until another takes the work over; the lease is renewed while work runs. */
    default Duration lease() {
        return Duration.ofSeconds(30);
    }

    /**
     * Does the work, outside of any transaction.
     *
     * @throws IOException when it failed and may be tried again; an unchecked exception means the same
     * @throws InterruptedException when the server stops or the lease was lost; tried again without counting
     */
    WorkOutcome perform(WorkItem item) throws IOException, InterruptedException;
}
