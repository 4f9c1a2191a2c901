package dev.esteira.client;

import dev.esteira.kernel.WorkspaceName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server is and how to speak to it.
 *
 * @param uri without a path, e.g. {@code http://127.0.0.1:5000}
 * @param token for a server that asks for one
 * @param patience how long to try while the server does not answer yet
 */
public record ServerAddress(URI uri, Optional<String> token, WorkspaceName workspace, Duration patience) {

    /** The token is not shown. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
