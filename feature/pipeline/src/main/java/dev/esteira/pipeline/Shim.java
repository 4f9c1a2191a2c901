package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Starts a child process behind the shell script {@code shim.sh}, which has a process group of its own, is no child of
 * this process, and leaves word of the child in files: so a restarted server finds it again.
 */
final class Shim {

    /**
     * How a child ended.
     *
     * @param status as the shell says it, 128 and the signal for a killed one
     * @param reason {@code timeout} or {@code orphaned} when the shim ended it
     */
    record Exit(int status, Optional<String> reason) {

        boolean killed() {
            return status == 128 + 9;
        }
    }

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final long LAUNCH_TIMEOUT_S = 30;

    private final AttemptFolder folder;

    Shim(AttemptFolder folder) {
        this.folder = folder;
    }

    /**
     * Starts the child and returns at once.
     *
     * @param timeout of the child; empty for none
     * @param lease a file that a living server touches
     */
    void start(Launch launch, EngineSettings settings, Optional<Duration> timeout, Path lease)
            throws IOException, InterruptedException {
        folder.work();
        Files.writeString(folder.file("command"), script(launch, settings.childEnvironment()));
        try (InputStream script = Objects.requireNonNull(Shim.class.getResourceAsStream("shim.sh"))) {
            Files.write(folder.file("shim.sh"), script.readAllBytes());
        }
        var command = "setsid sh ./shim.sh \"$@\" < /dev/null > /dev/null 2>> shim.log &";
        var builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        "shim",
                        Long.toString(timeout.map(Shim::wholeSeconds).orElse(0L)),
                        Long.toString(wholeSeconds(settings.grace())),
                        Long.toString(settings.logBytes()),
                        lease.toAbsolutePath().toString(),
                        Long.toString(wholeSeconds(settings.orphanLimit())))
                .directory(folder.root().toFile());
        builder.environment().clear();
        builder.environment().putAll(settings.childEnvironment());
        var launcher = builder.start();
        launcher.getOutputStream().close();
        if (!launcher.waitFor(LAUNCH_TIMEOUT_S, TimeUnit.SECONDS)) {
            launcher.destroyForcibly();
            throw new IOException("The shell did not start the child within " + LAUNCH_TIMEOUT_S + " s");
        }
    }

    /** The shim's process, empty before it has begun. */
    Optional<ProcessTable.Identity> process() throws IOException {
        return ProcessTable.read(folder.file("started"));
    }

    /** How the child ended, empty while it runs. */
    Optional<Exit> exit() throws IOException {
        if (!Files.exists(folder.file("exit"))) {
            return Optional.empty();
        }
        var parts = Files.readString(folder.file("exit")).strip().split(" ", -1);
        return Optional.of(
                new Exit(Integer.parseInt(parts[0]), parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
    }

    /** Makes sure that a child which has not begun yet never does. */
    void abandon() throws IOException {
        folder.work();
        Files.write(folder.file("abandoned"), new byte[0]);
    }

    /** Asks the whole process group to end, or ends it. */
    void signal(ProcessTable.Identity process, String signal) throws IOException, InterruptedException {
        if (ProcessTable.alive(process)) {
            var kill = new ProcessBuilder("kill", "-" + signal, "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(LAUNCH_TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    /** The sentence that a failed child may have left for people. */
    Optional<Value.Fields> error() throws IOException {
        var file = folder.root().resolve("work").resolve("error.json");
        if (!Files.exists(file) || Files.size(file) > 1 << 20) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parseFields(Files.readString(file)));
        } catch (dev.esteira.kernel.EsteiraException | java.nio.charset.MalformedInputException e) {
            folder.log("The child's error.json cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What the child used, as far as the shim saw it. */
    Attempt.Usage usage() throws IOException {
        var peak = folder.file("usage");
        var times = folder.file("times");
        return new Attempt.Usage(
                Files.exists(times) ? processor(Files.readString(times)) : Optional.empty(),
                Files.exists(peak)
                        ? Optional.of(Long.parseLong(Files.readString(peak).strip()) * 1024)
                        : Optional.empty());
    }

    /** The shell's times: a line for itself and one for its children, user and system time in each. */
    static Optional<Duration> processor(String times) {
        var found =
                Pattern.compile("(\\d+)m([\\d.]+)s\\s+(\\d+)m([\\d.]+)s\\s*$").matcher(times.strip());
        if (!found.find()) {
            return Optional.empty();
        }
        var seconds = Integer.parseInt(found.group(1)) * 60
                + Double.parseDouble(found.group(2))
                + Integer.parseInt(found.group(3)) * 60
                + Double.parseDouble(found.group(4));
        return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private static String script(Launch launch, Map<String, String> base) {
        var environment = new TreeMap<>(base);
        environment.putAll(launch.environment());
        var out = new StringBuilder("exec env -i");
        environment.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of an environment variable");
            }
            out.append(' ').append(name).append('=').append(quoted(value));
        });
        launch.command().forEach(part -> out.append(' ').append(quoted(part)));
        return out.append('\n').toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
