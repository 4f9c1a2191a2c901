package dev.esteira.cli;

import dev.esteira.server.EsteiraServer;
import dev.esteira.server.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The one place, beside the command that is a server, where server classes are touched. */
final class EmbeddedServer implements AutoCloseable {

    private final EsteiraServer server;

    private EmbeddedServer(EsteiraServer server) {
        this.server = server;
    }

    static EmbeddedServer start(Path data, boolean works) {
        var manner = works ? ServerSettings.Manner.EMBEDDED : ServerSettings.Manner.EMBEDDED_READER;
        var server = new EsteiraServer(ServerSettings.embedded(data, manner));
        server.start();
        return new EmbeddedServer(server);
    }

    URI address() {
        return server.address();
    }

    Optional<String> token() {
        return server.token();
    }

    @Override
    public void close() {
        server.close();
    }
}
