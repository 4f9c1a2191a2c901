package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Value;
import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an attempt of a child ends without a result, its kind is told so. */
class AbandonedAttemptsTest {

    private static final String TWICE = "  defaults: {retry: {maxAttempts: 2, backoff: {initial: 10ms}}}\n";

    /** Hangs the first time, and is quick the second. */
    private static final String HANGS_ONCE = TWICE + """
              steps:
                c: {kind: shell, script: "if mkdir ../../../outside/seen; then sleep 600; else echo x > out; fi"}
            """;

    @TempDir
    private Path directory;

    @Test
    void eachFailedAttemptIsAbandonedAndTheOneThatSucceedsIsNot() throws Exception {
        try (var engine = new TestEngine(directory)) {
            var run = engine.run("""
                      defaults: {retry: {maxAttempts: 3, retryOn: ["exit:7"], backoff: {initial: 10ms}}}
                      steps:
                        c: {kind: shell, script: "mkdir ../../../outside/1 && exit 7; mkdir ../../../outside/2 && exit 7; echo x > out"}
                    """);
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            var attempts = attempts(engine, run.id());
            assertThat(attempts).hasSize(3);
            assertThat(abandoned())
                    .containsExactly(
                            attempts.get(0).id() + " FAILED", attempts.get(1).id() + " FAILED");
        }
    }

    @Test
    void aTimeoutAndACancellationAreTold() throws Exception {
        try (var engine = new TestEngine(directory)) {
            engine.run("""
                      steps:
                        c: {kind: shell, script: "sleep 600", timeout: {run: 1s}}
                    """);
            var cancelled = engine.accepted(
                    engine.submission("  steps:\n    d: {kind: shell, script: \"sleep 500\"}\n", Map.of()));
            pid(engine, cancelled.id(), "d");
            engine.service().cancel(TestEngine.HERE, cancelled.id(), "test");
            assertThat(engine.end(cancelled.id()).state()).isEqualTo(RunState.CANCELLED);
            assertThat(reasons()).containsExactly("TIMED_OUT", "CANCELLED");
        }
    }

    @Test
    void aChildThatVanishesIsLostAndTriedAgain() throws Exception {
        try (var engine = new TestEngine(directory)) {
            var run = engine.accepted(engine.submission(HANGS_ONCE, Map.of()));
            pid(engine, run.id(), "c");
            kill(startedChild());
            assertThat(engine.end(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(reasons()).containsExactly("LOST");
        }
    }

    @Test
    void aChildThatDiedWithItsServerIsToldByTheNextServer() throws Exception {
        var log = directory.resolve("server.log");
        var server = KilledServer.start(directory, log, HANGS_ONCE);
        try {
            KilledServer.awaitReady(server, log);
            var child = startedChild();
            server.destroyForcibly().waitFor();
            kill(child);
        } finally {
            server.destroyForcibly();
        }
        try (var engine = new TestEngine(directory)) {
            var run = onlyRun(engine);
            assertThat(engine.end(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(reasons()).containsExactly("LOST");
        }
    }

    @Test
    void aServerThatDiesBetweenTellingAndWritingTellsAgain() throws Exception {
        var log = directory.resolve("server.log");
        Files.createDirectories(directory.resolve("outside"));
        Files.writeString(directory.resolve("outside/halt"), "");
        var server = KilledServer.start(directory, log, "  steps:\n    c: {kind: shell, script: exit 7}\n");
        assertThat(server.waitFor(60, TimeUnit.SECONDS))
                .as(Files.readString(log))
                .isTrue();
        assertThat(server.exitValue()).isEqualTo(9);
        try (var engine = new TestEngine(directory)) {
            var run = engine.end(onlyRun(engine).id());
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            var attempts = attempts(engine, run.id());
            assertThat(attempts).hasSize(1);
            assertThat(abandoned())
                    .containsExactly(
                            attempts.getFirst().id() + " FAILED",
                            attempts.getFirst().id() + " FAILED");
        }
    }

    @Test
    void whatAnAttemptNotedAtItsBeginningOutlivesItsServer() throws Exception {
        PipelineRun run;
        try (var engine = new TestEngine(directory)) {
            run = engine.accepted(
                    engine.submission("  steps:\n    c: {kind: shell, script: \"sleep 2; echo x > out\"}\n", Map.of()));
            pid(engine, run.id(), "c");
        }
        try (var engine = new TestEngine(directory)) {
            var ended = engine.end(run.id());
            assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
            var attempt = attempts(engine, run.id()).getFirst();
            assertThat(attempt.annotations()).isEqualTo(Value.Fields.EMPTY.with("begun", Value.of(attempt.id())));
        }
    }

    @Test
    void whatOnlyWaitedForAWorkerGetsTheKeyOfTheServerThatRunsIt() throws Exception {
        var steps = """
                  steps:
                    a: {kind: shell, script: "sleep 2; echo x > out"}
                    b: {kind: make, text: hello}
                """;
        PipelineRun run;
        try (var engine = new TestEngine(directory, database(), 1)) {
            run = engine.accepted(engine.submission(steps, Map.of()));
            while (engine.step(run, "b").state() != StepState.QUEUED) {
                Thread.sleep(20);
            }
        }
        Files.writeString(directory.resolve("outside/implementation"), "2");
        try (var engine = new TestEngine(directory, database(), 1)) {
            assertThat(engine.end(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
            var key = engine.step(run, "b").keyed().orElseThrow();
            assertThat(key.components().text("implementation")).contains("2");
        }
    }

    private Database database() {
        return Database.sqlite(directory.resolve("main.db"), MigrationChain.MAIN);
    }

    @Test
    void theFoldersOfAttemptsThatNobodyGoesOnWithAreRemovedAtTheNextStart() throws Exception {
        var log = directory.resolve("server.log");
        var server = KilledServer.start(directory, log, "  steps:\n    c: {kind: make, sleep: 60000, text: x}\n");
        try {
            while (server.isAlive() && !Files.exists(directory.resolve("outside/ran"))) {
                Thread.sleep(20);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        var left = Files.createDirectories(directory.resolve("attempts/of-a-server-that-died-before-removing-it/work"));
        try (var engine = new TestEngine(directory)) {
            var run = onlyRun(engine);
            awaitGone(left.getParent());
            engine.service().cancel(TestEngine.HERE, run.id(), "test");
            assertThat(engine.end(run.id()).state()).isEqualTo(RunState.CANCELLED);
        }
    }

    private static void awaitGone(Path folder) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (Files.exists(folder)) {
            assertThat(System.nanoTime()).as("%s is left behind", folder).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static PipelineRun onlyRun(TestEngine engine) {
        var runs = engine.service().list(TestEngine.HERE, Optional.empty(), 10).items();
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private static List<Attempt> attempts(TestEngine engine, String run) {
        return engine.service()
                .attempts(engine.service().step(TestEngine.HERE, run, "c").ref());
    }

    private List<String> abandoned() throws IOException {
        var file = directory.resolve("outside/abandoned");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private List<String> reasons() throws IOException {
        return abandoned().stream().map(line -> line.split(" ", 2)[1]).toList();
    }

    /** The process group of a step's child, once the engine has seen it. */
    private static long pid(TestEngine engine, String run, String step) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            for (var event : engine.service()
                    .events(TestEngine.HERE, run, 0, Duration.ZERO)
                    .events()) {
                var pid = event.body().whole("pid");
                if (event.step().equals(Optional.of(step)) && pid.isPresent()) {
                    return pid.get();
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The child does not start");
    }

    /** The process group of the only child, from the file that its shim leaves, once it sleeps. */
    private long startedChild() throws IOException, InterruptedException {
        while (true) {
            try (var folders = Files.newDirectoryStream(directory.resolve("attempts"))) {
                for (var folder : folders) {
                    var started = folder.resolve("started");
                    if (Files.exists(started) && Files.exists(directory.resolve("outside/seen"))) {
                        return Long.parseLong(Files.readString(started).split(" ", 2)[0]);
                    }
                }
            }
            Thread.sleep(20);
        }
    }

    private static void kill(long group) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-KILL", "--", "-" + group)
                        .start()
                        .waitFor())
                .isZero();
    }
}
