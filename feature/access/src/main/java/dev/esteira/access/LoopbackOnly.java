package dev.esteira.access;

import dev.esteira.kernel.EsteiraException;
import java.util.Set;

/** Until there are accounts, whoever reaches the server is its owner: so only this machine may reach it. */
public final class LoopbackOnly {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "::1", "localhost");

    private LoopbackOnly() {}

    /**
     * Checks the address that a server is to listen on. Names are compared as they are, not looked up, so that no name
     * service decides who reaches the server.
     *
     * @throws EsteiraException NOT_LOOPBACK
     */
    public static void require(String host) {
        if (!NAMES.contains(host)) {
            throw new EsteiraException(
                    AccessErrorCode.NOT_LOOPBACK,
                    "The server would listen on '" + host
                            + "' and everyone who reaches it would be its owner, because there are no accounts.",
                    "Listen on 127.0.0.1, and reach it from elsewhere through an SSH tunnel.");
        }
    }
}
