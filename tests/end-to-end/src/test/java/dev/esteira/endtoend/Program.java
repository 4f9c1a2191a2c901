package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The launcher of the checkout on a data directory, in processes of its own, as people start it. Every command is asked
 * for its document ({@code --json}) and has a limit of time.
 */
final class Program implements AutoCloseable {

    /** The checkout. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** Another one than the checkout's, e.g. of an unpacked distribution: {@code -Desteira.launcher=PATH}. */
    private static final String LAUNCHER =
            System.getProperty("esteira.launcher", ROOT.resolve("esteira").toString());

    /** Generous, for machines that do something else as well. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(30);

    private static boolean built;

    private final Path folder;
    private final Map<String, String> environment;
    private int commands;

    /** @param folder where the data directory and what commands say are put */
    Program(Path folder) {
        this(folder, Map.of());
    }

    /** @param environment variables beside those of this process */
    Program(Path folder, Map<String, String> environment) {
        this.folder = folder.toAbsolutePath();
        this.environment = Map.copyOf(environment);
    }

    /** How a command ended. */
    record Ended(int status, String out, String messages) {

        /** The one document on standard output. */
        Value.Fields document() {
            return Json.parseFields(out);
        }
    }

    /** A command that goes on. */
    record Started(Process process, Path out, Path messages, List<String> arguments) {

        /** Whether it ended within the time. */
        boolean endsWithin(Duration time) throws InterruptedException {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Sends SIGKILL. The launcher has become the program by {@code exec}, so this ends the server itself. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        Ended end() throws IOException, InterruptedException {
            if (!endsWithin(LIMIT)) {
                kill();
                throw new AssertionError(
                        "esteira " + String.join(" ", arguments) + " does not end:\n" + Files.readString(messages));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(messages));
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Starts a command and returns at once. */
    Started start(String... arguments) throws IOException, InterruptedException {
        var documented = new ArrayList<>(List.of(arguments));
        documented.add("--json");
        return start(documented);
    }

    /** Runs a command to its end that speaks to people: its answer is no document. */
    Ended tell(String... arguments) throws IOException, InterruptedException {
        return start(List.of(arguments)).end();
    }

    private Started start(List<String> arguments) throws IOException, InterruptedException {
        build();
        var command = new ArrayList<String>(List.of(LAUNCHER));
        command.addAll(arguments);
        command.addAll(List.of("--data", data().toString()));
        Files.createDirectories(folder);
        var out = folder.resolve("out-" + commands);
        var messages = folder.resolve("messages-" + commands);
        commands++;
        var builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(messages.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ESTEIRA_"));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, messages, arguments);
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    /** The document of a command that says yes. */
    Value.Fields ask(String... arguments) throws IOException, InterruptedException {
        var ended = run(arguments);
        assertThat(ended.status())
                .as("esteira %s says:%n%s", String.join(" ", arguments), ended.messages())
                .isZero();
        return ended.document();
    }

    /** A run to its end, which is to be a good one. */
    RunDocument succeeds(String... arguments) throws IOException, InterruptedException {
        var run = new RunDocument(ask(arguments));
        assertThat(run.state()).isEqualTo("SUCCEEDED");
        return run;
    }

    /** A program on a copy of this one's data directory, which nobody may hold. */
    Program copy(Path to) throws IOException {
        var other = new Program(to, environment);
        try (var files = Files.walk(data())) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = other.data().resolve(data().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return other;
    }

    /** The processes that work below the data directory: children whose server is gone, once all commands have ended. */
    List<Long> processes() {
        var found = new ArrayList<Long>();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                var place = Path.of("/proc/" + process.pid() + "/cwd").toRealPath();
                if (place.startsWith(data())) {
                    found.add(process.pid());
                }
            } catch (IOException e) {
                // It has ended, or is not ours to look at.
            }
        });
        return found;
    }

    /** What is left behind once everything has ended: processes and folders of attempts. */
    List<String> leftovers() throws IOException, InterruptedException {
        var end = System.nanoTime() + ENDING_LIMIT.toNanos();
        while (!processes().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        var left = new ArrayList<String>();
        processes().forEach(pid -> left.add("process " + pid));
        try (var attempts = Files.list(data().resolve("attempts"))) {
            attempts.filter(Files::isDirectory).forEach(attempt -> left.add("folder " + attempt));
        }
        return left;
    }

    /** Ends the processes that are left. */
    @Override
    public void close() {
        for (var pid : processes()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Builds once, so that no command that is timed or killed spends its time on that. */
    static synchronized void build() throws IOException, InterruptedException {
        if (built) {
            return;
        }
        var log = Files.createTempFile("esteira-build", ".log");
        var process = new ProcessBuilder(LAUNCHER, "version")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(BUILD_LIMIT.toMinutes(), TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor())
                .as("The launcher builds and says its version:%n%s", Files.readString(log))
                .isZero();
        Files.delete(log);
        built = true;
    }

    /** The figures of a document's fields by name. */
    static Map<String, Value.Fields> byName(List<Value> items, String key) {
        var all = new LinkedHashMap<String, Value.Fields>();
        for (var item : items) {
            var fields = item.asFields().orElseThrow();
            all.put(fields.text(key).orElseThrow(), fields);
        }
        return all;
    }

    /** Removes a folder with everything in it. */
    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
