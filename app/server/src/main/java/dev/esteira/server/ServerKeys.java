package dev.esteira.server;

import dev.esteira.config.Key;
import dev.esteira.config.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of the server's configuration. */
public final class ServerKeys {

    static final Key<Set<String>> HOSTS =
            Key.names("http-hosts", "Host names beside those of loopback that requests may use.");
    static final Key<Set<String>> ORIGINS = Key.names("http-origins", "Origins of other sites whose pages may call.");
    static final Key<Long> MEMORY = Key.bytes("data-memory", "512MiB", "The memory of one session of the data engine.");
    static final Key<Integer> WORKERS =
            Key.whole("engine-workers", 0, 0, 256, "Steps that run at once; 0 for the number of processors.");
    static final Key<Integer> THREADS =
            Key.whole("engine-threads", 0, 0, 256, "Threads of one step; 0 for the number of processors.");

    static final Key<Duration> SWEEP_INTERVAL = Key.durationFrom(
            "sweep-interval", "1s", "6h", "The time between two sweeps for contents that nothing reaches any more.");
    static final Key<Duration> SWEEP_GRACE = Key.durationFrom(
            "sweep-grace",
            "1s",
            "24h",
            "How long a sweep leaves alone what nothing reaches; longer than any step takes to store its outputs.");

    private ServerKeys() {}

    /** All keys, for the start and for the generated reference. */
    public static Keys all() {
        return Keys.of(List.of(HOSTS, ORIGINS, MEMORY, WORKERS, THREADS, SWEEP_INTERVAL, SWEEP_GRACE));
    }
}
