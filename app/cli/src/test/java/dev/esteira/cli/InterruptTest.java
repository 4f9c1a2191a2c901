package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, and a server told to end, with real processes and signals. */
class InterruptTest {

    @TempDir
    private Path folder;

    private Output esteira(String... args) {
        return Output.of(Map.of("ESTEIRA_HOME", data().toString(), "PATH", "/usr/bin:/bin"), args);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String state(String id) {
        return Json.parseFields(esteira("show", id, "--json").out())
                .text("state")
                .orElseThrow();
    }

    @Test
    void anInterruptCancelsTheRunOfAServerInside() throws Exception {
        var file = SmallPipeline.writeSlow(folder);
        try (var run = ProgramProcess.start(folder, data(), "run", file.toString())) {
            run.awaitText("slow  running");
            run.signal("INT");
            assertThat(run.awaitExit()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(run.err()).contains("Cancelling the run").doesNotContain("error", "\tat ");
        }
        var id = Json.parseFields(esteira("runs", "--json").out())
                .items("items")
                .getFirst()
                .asFields()
                .orElseThrow();
        assertThat(id.text("state")).contains("CANCELLED");
    }

    @Test
    void anInterruptLeavesTheRunOfAnotherServerAlone() throws Exception {
        var file = SmallPipeline.writeSlow(folder);
        try (var server = ProgramProcess.start(folder, data(), "server", "--port", "0")) {
            server.awaitText("Esteira is ready at");
            var detached = esteira("run", file.toString(), "--detach");
            var id = detached.out().strip();
            assertThat(detached.code).isZero();
            assertThat(id).matches("[0-9a-z]{26}");
            try (var follower = ProgramProcess.start(folder, data(), "logs", id, "slow", "-f")) {
                awaitRunning(id);
                var waiting = esteira("why-waiting", id);
                assertThat(waiting.out()).contains("slow runs; no step waits.");
                follower.signal("INT");
                assertThat(follower.awaitExit()).isEqualTo(ExitCode.INTERRUPTED);
            }
            assertThat(state(id)).isEqualTo("RUNNING");
            try (var follower = ProgramProcess.start(folder, data(), "logs", id, "slow", "-f")) {
                assertThat(esteira("cancel", id).code).isZero();
                assertThat(follower.awaitExit()).isZero();
            }
            server.signal("TERM");
            assertThat(server.awaitExit()).isZero();
        }
        assertThat(state(id())).isEqualTo("CANCELLED");
    }

    private String id() {
        return Json.parseFields(esteira("runs", "--json").out())
                .items("items")
                .getFirst()
                .asFields()
                .flatMap(run -> run.text("id"))
                .orElseThrow();
    }

    private void awaitRunning(String id) throws Exception {
        for (var tries = 0; tries < 600; tries++) {
            var step = Json.parseFields(esteira("show", id, "--json").out())
                    .items("steps")
                    .getLast();
            if (step.asFields()
                    .flatMap(fields -> fields.text("state"))
                    .orElse("")
                    .equals("RUNNING")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The step does not run");
    }

    @Test
    void aServerSaysInOneDocumentWhereItIs() throws Exception {
        try (var server = ProgramProcess.start(folder, data(), "server", "--port", "0", "--json")) {
            server.awaitText("READY");
            server.signal("TERM");
            assertThat(server.awaitExit()).isZero();
            assertThat(Json.parseFields(server.out()).text("address").orElseThrow())
                    .startsWith("http://127.0.0.1:");
        }
    }
}
