package dev.esteira.work;

import dev.esteira.kernel.WorkspaceName;
import java.io.IOException;

/** Somebody who wants to know. May be told twice, so it is idempotent. Thread-safe. */
public interface OutboxConsumer {

    /** The name, unique and never used again for another consumer. */
    String name();

    /** What it wants to know of, e.g. {@code DriftDetected}. */
    String topic();

    /**
     * Takes a message. Messages with the same key come one after the other, in the order of publication.
     *
     * @throws IOException when it failed and may be told again; an unchecked exception means the same
     * @throws InterruptedException when the server stops; told again
     */
    void receive(WorkspaceName workspace, String payload) throws IOException, InterruptedException;
}
