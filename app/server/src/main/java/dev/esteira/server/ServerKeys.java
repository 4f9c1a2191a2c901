package dev.esteira.server;

import dev.esteira.config.ConfigKey;
import java.util.List;

/** The keys of the configuration file in the data directory. */
public final class ServerKeys {

    static final ConfigKey HOSTS =
            new ConfigKey("http.hosts", "", "Host names beside those of loopback that requests may use, with commas.");
    static final ConfigKey ORIGINS =
            new ConfigKey("http.origins", "", "Origins of other sites whose pages may call, with commas.");
    static final ConfigKey MEMORY =
            new ConfigKey("data.memory", "512MiB", "The memory of one session of the data engine, e.g. 512MiB.");
    static final ConfigKey WORKERS =
            new ConfigKey("engine.workers", "0", "Steps that run at once, 1 to 256; 0 for the number of processors.");
    static final ConfigKey THREADS =
            new ConfigKey("engine.threads", "0", "Threads of one step, 1 to 256; 0 for the number of processors.");

    private ServerKeys() {}

    /** All keys, for the generated reference. */
    public static List<ConfigKey> all() {
        return List.of(HOSTS, ORIGINS, MEMORY, WORKERS, THREADS);
    }
}
