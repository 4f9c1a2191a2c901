package dev.esteira.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code esteira server} as a process of its own, on a free port. What it prints is kept: a user and a service manager
 * rely on one line when it is ready, and on how it ends.
 */
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Esteira is ready at (http://127\\.0\\.0\\.1:\\d+) .*");
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofMinutes(1);

    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread reader;

    private ServerProcess(Path folder, List<String> options) throws IOException {
        errors = Files.createTempFile(folder, "server", ".err");
        var command = new ArrayList<>(List.of(Program.ROOT.resolve("esteira").toString(), "server", "--port", "0"));
        command.addAll(options);
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        reader = Thread.ofPlatform().daemon().name("server-output").start(this::read);
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param folder where its error output is kept
     * @param options of the command {@code server}, but for the port
     */
    static ServerProcess start(Path folder, List<String> options) throws Exception {
        Program.build();
        var server = new ServerProcess(folder, options);
        try {
            server.address.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
            return server;
        } catch (Exception e) {
            server.close();
            throw new AssertionError("The server did not get ready: " + server.errorOutput(), e);
        }
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                var ready = READY.matcher(line);
                if (ready.matches()) {
                    address.complete(URI.create(ready.group(1)));
                }
            }
            address.completeExceptionally(new AssertionError("The server ended"));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    /** Where it listens. */
    URI address() {
        return address.join();
    }

    /** Everything that it has printed on its standard output. */
    List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Everything that it has printed on its error output. */
    List<String> errorOutput() throws IOException {
        return Files.readAllLines(errors);
    }

    /** Sends TERM and waits for the end. */
    int stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The server goes on a minute after TERM: " + output());
        }
        reader.join(STOP_MAX);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
