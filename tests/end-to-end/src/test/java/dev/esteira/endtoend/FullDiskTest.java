package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data directory lies on a small disk of its own, a tmpfs, which is mounted here: that takes the user root. */
class FullDiskTest {

    private static final Pattern RESUME = Pattern.compile("'esteira resume ([a-z0-9]+)'");

    private static final Pattern SHOW = Pattern.compile("'esteira show ([a-z0-9]+)'");

    @TempDir
    Path folder;

    private Program program;
    private SmallPipeline trips;

    @BeforeEach
    void write() throws Exception {
        program = new Program(folder.resolve("home"));
        Files.createDirectories(program.data());
        trips = SmallPipeline.in(folder.resolve("trips"));
        Program.build();
    }

    @AfterEach
    void unmount() throws Exception {
        program.close();
        system("umount", "--lazy", program.data().toString());
    }

    @Test
    void isFullWhileTablesAreMade() throws Exception {
        disk("500k");
        var told = program.tell("run", trips.file().toString());
        assertThat(told.status()).isEqualTo(3);
        assertThat(told.messages())
                .contains("error DISK_FULL: ", "Make room")
                .doesNotContain("\tat ", "backup", "Unable to");
        resize("100m");
        program.succeeds("run", trips.file().toString());
    }

    @Test
    void canOnlyBeRead() throws Exception {
        disk("50m");
        program.succeeds("run", trips.file().toString());
        system("mount", "-o", "remount,ro", program.data().toString());
        var told = program.tell("run", trips.file().toString());
        assertThat(told.status()).as(told.messages()).isEqualTo(3);
        assertThat(told.messages())
                .contains("error DATA_DIRECTORY_UNUSABLE: ", "Read-only", "--data")
                .doesNotContain("\tat ");
    }

    /** The first size is enough for the tables, the second for some steps. */
    @ParameterizedTest
    @ValueSource(strings = {"900k", "1300k"})
    void isFullWhileARunIsUnderWay(String size) throws Exception {
        disk(size);
        var told = program.tell("run", trips.file().toString());
        assertThat(told.status()).as(told.messages()).isEqualTo(3);
        assertThat(told.messages()).contains("error DISK_FULL: ", "Make room").doesNotContain("\tat ");
        var run = RESUME.matcher(told.messages());
        assertThat(run.find()).as(told.messages()).isTrue();
        resize("100m");
        program.succeeds("resume", run.group(1));
        assertThat(program.leftovers()).isEmpty();
    }

    @Test
    void aServerWaitsForRoomAndGoesOnByItself() throws Exception {
        var text = Files.readString(trips.file());
        Files.writeString(trips.file(), text.replace("{maxAttempts: 1}", "{maxAttempts: 3, retryOn: [infra]}"));
        disk("1300k");
        try (var server =
                ServerProcess.start(folder, List.of("--data", program.data().toString()))) {
            var told = program.tell("run", trips.file().toString());
            assertThat(told.status()).as(told.messages()).isEqualTo(3);
            assertThat(told.messages()).contains("error DISK_FULL: The run stands still.");
            assertThat(ready(server)).contains("NOT_READY", "DISK_FULL");
            resize("100m");
            var run = SHOW.matcher(told.messages());
            assertThat(run.find()).as(told.messages()).isTrue();
            var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (!program.ask("show", run.group(1))
                    .text("state")
                    .orElseThrow()
                    .equals("SUCCEEDED")) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(200);
            }
            assertThat(ready(server)).contains("READY").doesNotContain("NOT_READY");
            assertThat(server.stop()).isZero();
        }
    }

    private static String ready(ServerProcess server) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.address().resolve("/health/ready"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private void disk(String size) throws Exception {
        system(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + size + ",mode=0700",
                "tmpfs",
                program.data().toString());
    }

    private void resize(String size) throws Exception {
        system("mount", "-o", "remount,size=" + size, program.data().toString());
    }

    private static void system(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s (a small disk for this test can only be mounted by root): %s", List.of(command), said)
                .isZero();
    }
}
