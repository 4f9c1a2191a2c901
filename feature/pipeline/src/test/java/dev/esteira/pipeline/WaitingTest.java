package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step waits for; the engine of these tests has two workers. */
class WaitingTest {

    private static final String BUSY = """
              steps:
                one: {kind: make, text: "%1$s 1", sleep: 60000}
                two: {kind: make, text: "%1$s 2", sleep: 60000}
                later: {kind: make, inputs: {x: "${{ steps.one.outputs.data }}", y: "${{ steps.two.outputs.data }}"}}
            """;

    @TempDir
    private Path directory;

    private ServedEngine served;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEngine(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    /** The waiting of a step once it is as wanted. */
    private Waiting waiting(String run, String step, Predicate<Waiting> wanted) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        Optional<Waiting> last = Optional.empty();
        while (System.nanoTime() < end) {
            last = served.engine().service().explain(TestEngine.HERE, run, step).waiting();
            if (last.filter(wanted).isPresent()) {
                return last.get();
            }
            Thread.sleep(20);
        }
        throw new AssertionError(last.toString());
    }

    private Waiting waiting(String run, String step, Waiting.Reason reason) throws InterruptedException {
        return waiting(run, step, one -> one.reason() == reason);
    }

    private void running(String run, String step) throws InterruptedException {
        while (served.engine().service().step(TestEngine.HERE, run, step).state() != StepState.RUNNING) {
            Thread.sleep(20);
        }
    }

    @Test
    void stepsBeforeItAreNamedWithTheirStates() throws Exception {
        var run = served.submitted(BUSY.formatted("x"));
        var later = waiting(run, "later", one -> one.sentence().contains("'one' (RUNNING), 'two' (RUNNING)"));
        assertThat(later.reason()).isEqualTo(Waiting.Reason.STEPS);
        assertThat(later.steps()).containsExactly("one", "two");
        assertThat(served.engine()
                        .service()
                        .explain(TestEngine.HERE, run, "one")
                        .waiting())
                .isEmpty();
        assertThat(served.get("/api/v1/pipeline-runs/" + run + "/waiting").items("items"))
                .singleElement()
                .satisfies(item -> {
                    var wire = item.asFields().orElseThrow();
                    assertThat(wire.text("step")).contains("later");
                    assertThat(wire.text("reason")).contains("STEPS");
                    assertThat(wire.text("sentence")).contains(later.sentence());
                });
    }

    @Test
    void whoHasTheWorkersIsTold() throws Exception {
        var busy = served.submitted(BUSY.formatted("x"));
        waiting(busy, "later", one -> one.sentence().contains("'one' (RUNNING), 'two' (RUNNING)"));
        var run = served.submitted("  steps:\n    a: {kind: make, text: a}\n    b: {kind: make, text: b}\n");
        var first = waiting(run, "a", Waiting.Reason.WORKERS);
        var second = waiting(run, "b", Waiting.Reason.WORKERS);
        assertThat(first.steps()).containsExactly(busy + "/one", busy + "/two");
        assertThat(first.sentence()).startsWith("All 2 workers are busy with " + busy + "/one, " + busy + "/two");
        assertThat(Set.of(first.ahead().orElseThrow(), second.ahead().orElseThrow()))
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void theTwinThatMakesTheSameIsNamed() throws Exception {
        var maker = served.submitted("  steps:\n    made: {kind: make, text: same, sleep: 60000}\n");
        running(maker, "made");
        var twin = served.submitted("  steps:\n    wanted: {kind: make, text: same, sleep: 60000}\n");
        var waiting = waiting(twin, "wanted", Waiting.Reason.TWIN);
        assertThat(waiting.steps()).containsExactly(maker + "/made");
        assertThat(waiting.sentence()).contains("'made'", maker);
    }

    @Test
    void thePauseAfterAFailureHasItsEndAndItsCause() throws Exception {
        var run = served.submitted("""
                  defaults: {retry: {maxAttempts: 3, retryOn: [infra], backoff: {initial: 1h, max: 1h}}}
                  steps:
                    flaky: {kind: make, failures: 2}
                """);
        var before = Instant.now();
        var waiting = waiting(run, "flaky", Waiting.Reason.BACK_OFF);
        assertThat(waiting.until().orElseThrow())
                .isBetween(before.plus(Duration.ofMinutes(55)), before.plus(Duration.ofMinutes(65)));
        assertThat(waiting.sentence()).contains("Attempt 1 failed", "the network is down");
    }

    @Test
    void aServerThatMovesNothingSaysSo() throws Exception {
        var run = served.submitted(BUSY.formatted("x"));
        waiting(run, "later", Waiting.Reason.STEPS);
        served.engine().stopMoving();
        assertThat(served.engine().service().waiting(TestEngine.HERE, run))
                .extracting(Waiting::reason)
                .contains(Waiting.Reason.SERVER)
                .containsOnly(Waiting.Reason.SERVER);
    }
}
