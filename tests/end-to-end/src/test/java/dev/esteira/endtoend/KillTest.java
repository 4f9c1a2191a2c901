package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills the demo with SIGKILL at a random moment of each fifth of its time, and its resume now and then.
 * {@code -Desteira.kill.seed} repeats the moments; {@code script/bench kill} does the same fifty times.
 */
@Tag("slow")
@ExtendWith(UndisturbedRun.Shared.class)
class KillTest {

    private static final int PARTS = 5;
    private static final long SEED = Long.getLong("esteira.kill.seed", System.nanoTime());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void aKilledDemoEndsAsAnUndisturbedOne(int part, UndisturbedRun undisturbed) throws Exception {
        var random = new Random(SEED + part);
        var moment = share(undisturbed.took(), (part + random.nextDouble()) / PARTS);
        try (var program = new Program(folder)) {
            var killed = kill(program, moment, "demo");
            var seen = theRun(program);
            tell(part, "the demo", killed ? moment : Duration.ZERO, seen);
            if (seen.isEmpty()) {
                check(program.succeeds("demo"), Map.of(), undisturbed, program);
                return;
            }
            var before = seen.get();
            if (!before.ended() && random.nextInt(3) == 0) {
                var later = share(undisturbed.took().minus(moment), 0.1 + 0.8 * random.nextDouble());
                var again = kill(program, later, "resume", before.id());
                var after = new RunDocument(program.ask("show", before.id()));
                tell(part, "its resume", again ? later : Duration.ZERO, Optional.of(after));
                assertThat(after.finished()).containsAllEntriesOf(before.finished());
                if (!again) {
                    check(after, before.finished(), undisturbed, program);
                    return;
                }
                before = after;
            }
            resume(program, before, undisturbed);
        }
    }

    private static void resume(Program program, RunDocument before, UndisturbedRun undisturbed) throws Exception {
        var run = program.succeeds("resume", before.id());
        if (before.ended()) {
            // Killed after the run's end: there is nothing to do, and a new run says so.
            assertThat(before.state()).isEqualTo("SUCCEEDED");
            assertThat(run.fields().text("origin")).contains(before.id());
            assertThat(run.ran()).isEmpty();
            assertThat(run.digests()).isEqualTo(undisturbed.run().digests());
            return;
        }
        assertThat(run.id()).isEqualTo(before.id());
        check(run, before.finished(), undisturbed, program);
    }

    private static void check(
            RunDocument run, Map<String, RunDocument.Finished> finished, UndisturbedRun undisturbed, Program program)
            throws Exception {
        assertThat(run.finished()).as("what had finished was not touched again").containsAllEntriesOf(finished);
        for (var step : run.steps().keySet()) {
            var attempts = run.attempts(step);
            assertThat(attempts).as("attempts of %s", step).endsWith("COMMITTED");
            assertThat(attempts).filteredOn("COMMITTED"::equals).as(step).hasSize(1);
            assertThat(run.step(step).whole("attempts").orElseThrow()).isEqualTo(attempts.size());
        }
        assertThat(run.digest("train", "model")).isEqualTo(undisturbed.run().digest("train", "model"));
        assertThat(run.digests()).isEqualTo(undisturbed.run().digests());
        assertThat(program.leftovers()).isEmpty();
    }

    /** Kills a command at a moment; false when it ended well before. */
    private static boolean kill(Program program, Duration moment, String... arguments)
            throws IOException, InterruptedException {
        var started = program.start(arguments);
        if (started.endsWithin(moment)) {
            var ended = started.end();
            assertThat(ended.status()).as(ended.messages()).isZero();
            return false;
        }
        started.kill();
        return true;
    }

    private static Optional<RunDocument> theRun(Program program) throws IOException, InterruptedException {
        var runs = program.ask("runs").items("items");
        assertThat(runs).hasSizeLessThanOrEqualTo(1);
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunDocument(program.ask(
                        "show",
                        runs.getFirst().asFields().orElseThrow().text("id").orElseThrow())));
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofNanos(Math.max(1, (long) (whole.toNanos() * share)));
    }

    private static void tell(int part, String what, Duration moment, Optional<RunDocument> seen) {
        System.out.printf(
                "Kill %d with -Desteira.kill.seed=%d: %s %s: %s%n",
                part,
                SEED,
                what,
                moment.isZero() ? "ended before" : "after " + moment.toMillis() + " ms",
                seen.map(run -> run.state() + " " + run.states()).orElse("no run yet"));
    }
}
