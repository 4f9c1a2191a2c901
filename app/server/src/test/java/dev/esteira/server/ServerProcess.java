package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.store.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** A server in a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final Path data;
    private final Path log;

    private ServerProcess(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    static ServerProcess start(Path data) throws IOException {
        var log = Files.createTempFile("server", ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, data, log);
    }

    /** Where it listens, once it does. */
    URI address() throws IOException, InterruptedException {
        while (true) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            var address = new DataDirectory(data)
                    .holder()
                    .filter(holder -> holder.pid() == process.pid())
                    .flatMap(holder -> holder.address());
            if (address.isPresent()) {
                return address.get();
            }
            Thread.sleep(20);
        }
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(log);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var settings = new ServerSettings(
                Path.of(arguments[0]),
                "127.0.0.1",
                OptionalInt.of(0),
                Optional.empty(),
                ServerSettings.Manner.STANDALONE);
        try (var server = new EsteiraServer(settings)) {
            server.start();
            Thread.currentThread().join();
        }
    }
}
