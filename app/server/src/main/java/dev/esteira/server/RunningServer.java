package dev.esteira.server;

import dev.esteira.store.DataDirectory;
import dev.esteira.store.Holder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server of another process on a data directory.
 *
 * @param token to speak to it with, where it wants one
 */
public record RunningServer(URI address, Optional<String> token) {

    /** The server that holds a data directory; empty when none listens there. */
    public static Optional<RunningServer> on(Path data) {
        var directory = new DataDirectory(data);
        return directory
                .holder()
                .flatMap(Holder::address)
                .map(address -> new RunningServer(address, directory.token()));
    }

    /** The port that servers on a data directory listen on; empty before the first one did. */
    public static OptionalInt port(Path data) {
        return new DataDirectory(data).port();
    }
}
