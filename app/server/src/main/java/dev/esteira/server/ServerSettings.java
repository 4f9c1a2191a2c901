package dev.esteira.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a server is started.
 *
 * @param data the data directory
 * @param host to listen on, of loopback
 * @param port to listen on from now on; empty for the one of the data directory
 * @param database address of a PostgreSQL database; empty for files in the data directory
 * @param manner what the server is for
 */
public record ServerSettings(Path data, String host, OptionalInt port, Optional<String> database, Manner manner) {

    /** The port of a data directory that never had a server of its own process. */
    public static final int DEFAULT_PORT = 5000;

    /** What a server is for. */
    public enum Manner {
        /** A process of its own. */
        STANDALONE,
        /** Inside a command that runs a pipeline. */
        EMBEDDED,
        /** Inside a command that only reads: moves no run along. */
        EMBEDDED_READER;

        boolean embedded() {
            return this != STANDALONE;
        }
    }

    /** A server inside a command. */
    public static ServerSettings embedded(Path data, Manner manner) {
        return new ServerSettings(data, "127.0.0.1", OptionalInt.empty(), Optional.empty(), manner);
    }
}
