package dev.esteira.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the engine is given by the place where it runs.
 *
 * @param directory where attempts have their folders; of this node alone
 * @param workers the number of steps that run at once, at least 1; 0 for a server that only answers
 * @param threads the number of threads that one step may use
 * @param childEnvironment what a child process finds beside what its kind says: PATH, HOME, LANG, TZ
 * @param platform what enters the key of steps that run native code: operating system and processor
 * @param grace between asking a process to end and ending it
 * @param orphanLimit how long a child goes on without any server on this directory
 * @param logBytes of one attempt that are kept
 */
public record EngineSettings(
        Path directory,
        int workers,
        int threads,
        Map<String, String> childEnvironment,
        Map<String, String> platform,
        Duration grace,
        Duration orphanLimit,
        long logBytes) {

    public EngineSettings {
        childEnvironment = Map.copyOf(childEnvironment);
        platform = Map.copyOf(platform);
    }

    /**
     * Settings of a laptop.
     *
     * @param processors of the machine
     * @param path the PATH of child processes
     * @param home the HOME of child processes
     */
    public static EngineSettings standard(
            Path directory, int processors, String path, String home, Map<String, String> platform) {
        return new EngineSettings(
                directory,
                Math.max(2, processors),
                Math.max(1, processors),
                Map.of("PATH", path, "HOME", home, "LANG", "C.UTF-8", "TZ", "UTC", "OMP_WAIT_POLICY", "PASSIVE"),
                platform,
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                8L << 20);
    }

    /** The same without workers: it answers, and runs nothing. */
    public EngineSettings withoutWorkers() {
        return new EngineSettings(directory, 0, threads, childEnvironment, platform, grace, orphanLimit, logBytes);
    }
}
