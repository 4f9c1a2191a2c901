package dev.esteira.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link KillMain} in a process of its own, to be killed. */
final class KilledServer {

    private KilledServer() {}

    static Process start(Path home, Path log, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KillMain.class.getName(),
                home.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits until the server has taken up its work, so that the kill does not always hit its start. */
    static void awaitReady(Process process, Path log) throws IOException, InterruptedException {
        while (process.isAlive() && !Files.readString(log).contains("ready")) {
            Thread.sleep(20);
        }
    }
}
