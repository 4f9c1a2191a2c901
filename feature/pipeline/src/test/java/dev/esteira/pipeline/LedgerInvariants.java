package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Digest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What holds between any two transactions, whatever happened. Remembers what it saw, since some of it must not change. */
final class LedgerInvariants {

    private record Lease(Digest key, String run, String step) {}

    private final LedgerWalk walk;
    private final Map<String, List<RunEvent>> seen = new HashMap<>();

    LedgerInvariants(LedgerWalk walk) {
        this.walk = walk;
    }

    void require() {
        var leases = walk.database.read(tx -> tx.query(
                "SELECT key, run, step FROM cache_lease",
                row -> new Lease(row.digest("key"), row.text("run"), row.text("step"))));
        for (var run : walk.runs()) {
            var steps = walk.steps(run.ref());
            events(run);
            run(run, steps);
            steps.forEach(step -> attempts(step));
            steps.forEach(step -> order(step));
            steps.forEach(step -> wakeUps(step, leases));
        }
        leases(leases);
    }

    /** Numbers without gaps, nothing that was told changes, and every change is an arrow of the tables. */
    private void events(PipelineRun run) {
        var events = walk.database.read(tx -> walk.rows.runs().events(tx, run.ref(), 0, 100_000));
        assertThat(events.stream().mapToLong(RunEvent::seq).toArray())
                .containsExactly(LongStream.rangeClosed(1, run.lastSeq()).toArray());
        var before = seen.getOrDefault(run.id(), List.of());
        assertThat(events.subList(0, before.size())).isEqualTo(before);
        seen.put(run.id(), events);
        var runState = RunState.CREATED;
        var steps = new HashMap<String, StepState>();
        var attempts = new HashMap<String, AttemptState>();
        var succeeded = new HashSet<String>();
        for (var event : events.subList(1, events.size())) {
            var word = event.body().text("state").orElse("");
            switch (event.type()) {
                case RunEvent.RUN -> {
                    StateMachine.RUN.require(runState, RunState.valueOf(word));
                    runState = RunState.valueOf(word);
                }
                case RunEvent.STEP -> {
                    var step = event.step().orElseThrow();
                    var next = StepState.valueOf(word);
                    StateMachine.STEP.require(steps.getOrDefault(step, StepState.PENDING), next);
                    steps.put(step, next);
                    if (next == StepState.SUCCEEDED) {
                        succeeded.add(step);
                    }
                }
                case RunEvent.ATTEMPT -> {
                    assertThat(succeeded)
                            .as("a step that succeeded is not tried again")
                            .doesNotContain(event.step().orElseThrow());
                    var next = AttemptState.valueOf(word);
                    var last = attempts.put(event.body().text("attempt").orElseThrow(), next);
                    if (last == null) {
                        assertThat(next).isEqualTo(AttemptState.DISPATCHED);
                    } else {
                        StateMachine.ATTEMPT.require(last, next);
                    }
                }
                default -> {}
            }
        }
        assertThat(runState).isEqualTo(run.state());
        for (var step : walk.steps(run.ref())) {
            assertThat(steps.getOrDefault(step.name(), StepState.PENDING)).isEqualTo(step.state());
        }
    }

    private static void run(PipelineRun run, List<RunStep> steps) {
        var open = steps.stream().filter(step -> !step.state().ended()).count();
        assertThat(run.openSteps()).isEqualTo(Math.toIntExact(open));
        assertThat(run.state().ended()).isEqualTo(open == 0 && run.state() != RunState.QUEUED);
        assertThat(run.endedAt().isPresent()).isEqualTo(run.state().ended());
        if (run.state() == RunState.PAUSED) {
            assertThat(steps).anyMatch(step -> step.state() == StepState.AWAITING_INPUT);
        }
        if (run.state() == RunState.CANCELLING) {
            assertThat(steps).allMatch(step -> step.state().ended() || step.state() == StepState.RUNNING);
        }
    }

    /** At most one attempt lives, and only that of a running step, with the step's own number. */
    private void attempts(RunStep step) {
        var attempts = walk.database.read(tx -> walk.rows.attempts().all(tx, step.ref()));
        var live = attempts.stream()
                .filter(attempt -> EnumSet.of(AttemptState.DISPATCHED, AttemptState.STARTED, AttemptState.COMMITTING)
                        .contains(attempt.state()))
                .toList();
        assertThat(live).hasSize(step.state() == StepState.RUNNING ? 1 : 0);
        live.forEach(attempt -> assertThat(attempt.number()).isEqualTo(step.token()));
        assertThat(attempts.stream().mapToInt(Attempt::number).toArray())
                .containsExactly(
                        IntStream.rangeClosed(1, step.tries().attempts()).toArray());
        assertThat(attempts.stream().filter(attempt -> attempt.state() == AttemptState.COMMITTED))
                .hasSize(
                        step.outcome()
                                        .filter(outcome -> outcome.how() == Outcome.How.RAN)
                                        .isPresent()
                                ? 1
                                : 0);
    }

    /** Nothing begins before the steps before it have ended. */
    private void order(RunStep step) {
        var before = walk.database.read(tx -> walk.rows.steps().before(tx, step.ref()));
        var open = before.stream().filter(one -> !one.state().ended()).count();
        assertThat(step.unsatisfied()).isEqualTo(Math.toIntExact(open));
        if (!step.state().ended() && step.state() != StepState.PENDING) {
            assertThat(open).isZero();
        }
    }

    /** Whatever waits is woken by something: a wake-up in memory, a timer, a lease that will be given back. */
    private void wakeUps(RunStep step, List<Lease> leases) {
        var timer = walk.database.read(tx -> walk.rows.steps().timer(tx, step.ref()));
        assertThat(timer.isPresent()).as("timer of %s", step.ref()).isEqualTo(step.state() == StepState.RETRY_WAIT);
        if (step.state() == StepState.READY) {
            assertThat(walk.ready).contains(step.ref());
        }
        if (step.state() == StepState.WAITING_CACHE) {
            var key = step.keyed().orElseThrow().key();
            assertThat(walk.released.contains(key)
                            || leases.stream().anyMatch(lease -> lease.key().equals(key)))
                    .as("somebody makes the value that %s waits for", step.ref())
                    .isTrue();
        }
    }

    /** A key is made by one step at a time, which is at work. */
    private void leases(List<Lease> leases) {
        for (var lease : leases) {
            var ref = new StepRef(TestEngine.HERE, lease.run(), lease.step());
            var holder =
                    walk.database.read(tx -> walk.rows.steps().find(tx, ref)).orElseThrow();
            assertThat(Set.of(StepState.QUEUED, StepState.RUNNING))
                    .as("the lease of %s", ref)
                    .contains(holder.state());
            assertThat(holder.keyed().orElseThrow().key()).isEqualTo(lease.key());
        }
        var makers = new HashMap<Digest, StepRef>();
        for (var run : walk.runs()) {
            for (var step : walk.steps(run.ref())) {
                if (step.state() == StepState.RUNNING || step.state() == StepState.QUEUED) {
                    var other = makers.put(step.keyed().orElseThrow().key(), step.ref());
                    assertThat(other)
                            .as("another one makes the value of %s", step.ref())
                            .isNull();
                }
            }
        }
    }
}
