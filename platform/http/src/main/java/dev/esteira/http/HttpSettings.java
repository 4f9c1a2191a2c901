package dev.esteira.http;

import dev.esteira.kernel.Limit;
import java.time.Duration;
import java.util.Set;

/**
 * Where the server listens and what it bears.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param hosts names that requests may use beside those of loopback, without ports
 * @param origins other sites whose pages may call
 */
public record HttpSettings(String host, int port, Set<String> hosts, Set<String> origins, Limits limits) {

    public HttpSettings {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /** A server on 127.0.0.1 with the usual limits. */
    public static HttpSettings loopback(int port) {
        return new HttpSettings("127.0.0.1", port, Set.of(), Set.of(), Limits.DEFAULT);
    }

    /**
     * What the server bears.
     *
     * @param connections open at once
     * @param requests answered at once; more wait up to {@code queue}, then get SERVER_OVERLOADED
     * @param eventClients following events at once
     * @param headerBytes of all headers of a request together; the first line has the same limit
     * @param queue how long a request waits for its turn
     * @param idle how long a connection may be silent
     * @param drain how long a stop waits for requests under way
     */
    public record Limits(
            @Limit(value = "Connections open at once.", unit = "connections")
            int connections,

            @Limit(value = "Requests answered at once; more wait.", unit = "requests")
            int requests,

            @Limit(value = "Clients that follow events at once.", unit = "clients")
            int eventClients,

            @Limit(value = "All headers of a request together, and its first line.", unit = "bytes")
            int headerBytes,

            @Limit("How long a request waits for its turn.") Duration queue,
            @Limit("How long a connection may be silent.") Duration idle,

            @Limit("How long a stop waits for requests under way.")
            Duration drain) {

        /** 1000 connections, 128 requests and 200 followers of events at once, 32 KiB of headers. */
        public static final Limits DEFAULT = new Limits(
                1000, 128, 200, 32 << 10, Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(5));
    }
}
