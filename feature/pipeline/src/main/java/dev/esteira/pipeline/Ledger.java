package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.Commit;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import dev.esteira.work.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transitions of a run, each in one transaction, with what is to be woken after it. Thread-safe. */
final class Ledger {

    /** Work inside the transaction of a run. */
    @FunctionalInterface
    interface Change<T> {
        T in(RunChange change) throws SQLException;
    }

    /** How the end of an attempt was taken. */
    enum Verdict {
        TAKEN,
        /** A newer attempt is there, or the step has ended: nothing was changed but the attempt's own row. */
        FENCED
    }

    /** What a finished attempt leaves, ready to be committed. */
    record Finished(
            Attempt attempt,
            Outcome outcome,
            List<Commit> commits,
            Collection<Artifact> outputs,
            Attempt.End end,
            boolean effect) {
        Finished {
            commits = List.copyOf(commits);
            outputs = List.copyOf(outputs);
        }
    }

    private final Database database;
    private final Rows rows;
    private final Artifacts artifacts;
    private final InstantSource clock;
    private final Wakeups wakeups;
    private final Outbox outbox;

    Ledger(Database database, Rows rows, Artifacts artifacts, InstantSource clock, Wakeups wakeups, Outbox outbox) {
        this.database = database;
        this.rows = rows;
        this.artifacts = artifacts;
        this.clock = clock;
        this.wakeups = wakeups;
        this.outbox = outbox;
    }

    /** Changes a run; empty when there is no such run. */
    <T> Optional<T> change(RunRef ref, Change<T> work) {
        return database.write(tx -> {
            var opened = RunChange.open(tx, rows, ref, now());
            if (opened.isEmpty()) {
                return Optional.<T>empty();
            }
            var result = work.in(opened.get());
            finish(opened.get());
            return Optional.of(result);
        });
    }

    /** Makes a run and does the first changes to it, or answers with the run that the same key made before. */
    PipelineRun create(SqlTx tx, PipelineRun run, Change<PipelineRun> work) throws SQLException {
        var change = RunChange.fresh(tx, rows, run, now());
        work.in(change);
        finish(change);
        return change.run();
    }

    private void finish(RunChange change) throws SQLException {
        change.close();
        var ref = change.run().ref();
        var ready = List.copyOf(change.ready());
        change.tx().afterCommit(() -> {
            wakeups.changed(ref);
            ready.forEach(wakeups::ready);
        });
    }

    /** A queued run begins. */
    void admit(RunRef run) {
        change(run, change -> {
            if (change.run().state() == RunState.QUEUED) {
                change.admit();
            }
            return true;
        });
    }

    /** A ready step is left out because its condition is false. */
    void skip(StepRef ref) {
        onStep(ref, StepState.READY, (change, step) -> {
            var skipped = change.move(step, StepState.SKIPPED, Map.of("because", Value.of("when")));
            change.save(step, skipped);
        });
    }

    /** A ready step takes a stored value. */
    void hit(StepRef ref, FoundValue found) {
        onStep(ref, StepState.READY, (change, step) -> {
            var details = new LinkedHashMap<String, Value>();
            details.put("cached", Value.of(true));
            found.outcome().source().ifPresent(source -> details.put("from", Value.of(source.run())));
            change.save(
                    step,
                    change.move(step, StepState.SUCCEEDED, details)
                            .with(found.keyed())
                            .with(found.outcome()));
            for (var commit : found.commits()) {
                artifacts.sink(change.tx(), commit);
            }
        });
    }

    /**
     * A ready step has to run: it takes the lease of its key and, when a worker is free, its attempt begins.
     *
     * @param attempt the next attempt; empty when no worker is free
     * @param twins what is known of others that make the same; empty when equal keys need not give equal values
     * @return whether the attempt has begun
     */
    boolean dispatch(StepRef ref, RunStep.Keyed keyed, Optional<Attempt> attempt, Optional<Twins> twins) {
        return change(ref.runRef(), change -> {
                    var found = change.step(ref.step());
                    if (found.isEmpty() || found.get().state() != StepState.READY) {
                        return false;
                    }
                    var step = found.get();
                    if (twins.isPresent() && leaseOfAnother(change, step, keyed.key())) {
                        var waiting = change.move(step, StepState.WAITING_CACHE, Map.of())
                                .with(keyed);
                        change.save(step, waiting);
                        return false;
                    }
                    if (twins.isPresent() && appeared(change, keyed.key(), twins.get())) {
                        release(change, step.with(keyed));
                        change.tx().afterCommit(() -> wakeups.ready(ref));
                        return false;
                    }
                    var queued =
                            change.move(step, StepState.QUEUED, causes(keyed)).with(keyed);
                    if (attempt.isEmpty()) {
                        change.save(step, queued);
                        return false;
                    }
                    begin(change, step, queued, attempt.get());
                    return true;
                })
                .orElse(false);
    }

    /** A queued step gets a worker. */
    boolean dispatchQueued(StepRef ref, Attempt attempt) {
        return change(ref.runRef(), change -> {
                    var step = change.step(ref.step()).filter(one -> one.state() == StepState.QUEUED);
                    if (step.isEmpty()) {
                        return false;
                    }
                    begin(change, step.get(), step.get(), attempt);
                    return true;
                })
                .orElse(false);
    }

    private void begin(RunChange change, RunStep before, RunStep queued, Attempt attempt) throws SQLException {
        var tries = queued.tries();
        var running = change.move(queued, StepState.RUNNING, Map.of())
                .with(new RunStep.Tries(attempt.number(), tries.charged(), tries.lost()));
        change.save(before, running);
        rows.attempts().insert(change.tx(), attempt);
        change.attempt(attempt, AttemptState.DISPATCHED, Map.of());
        if (attempt.state() == AttemptState.STARTED) {
            change.attempt(attempt, AttemptState.STARTED, Map.of());
        }
    }

    /** Whether a twin's value came between the look at the values and the lease. */
    private boolean appeared(RunChange change, Digest key, Twins twins) throws SQLException {
        return rows.cache()
                .newest(change.tx(), change.run().workspace(), key)
                .filter(maker -> !twins.seen().contains(maker))
                .isPresent();
    }

    private boolean leaseOfAnother(RunChange change, RunStep step, Digest key) throws SQLException {
        var lease = rows.cache().lease(change.tx(), key, step.ref(), step.token() + 1, now());
        return !(lease.run().equals(step.ref().run()) && lease.step().equals(step.name()));
    }

    /** A child process of an attempt was seen; nothing happens when it has been seen before or the attempt has ended. */
    void started(Attempt attempt, long pid, long startTicks) {
        change(attempt.step().runRef(), change -> {
            if (rows.attempts().started(change.tx(), attempt, pid, startTicks, now())) {
                change.attempt(attempt, AttemptState.STARTED, Map.of("pid", Value.of(pid)));
            }
            return true;
        });
    }

    /** An effect is about to be tried. */
    void intend(StepRef effect, int number) {
        database.change(tx -> rows.attempts().intend(tx, effect, number, now()));
    }

    /** Whether an effect was tried of which nobody knows whether it was made. */
    boolean intended(StepRef effect) {
        return database.read(tx -> rows.attempts().intended(tx, effect));
    }

    /** It is certain that an effect was not made. */
    void absent(StepRef effect) {
        database.change(tx -> rows.attempts().settle(tx, effect, false, now()));
    }

    /**
     * Takes the result of an attempt: outputs, cache, sinks, successors, all or nothing.
     *
     * @param keep whether the result may serve equal keys later
     * @throws dev.esteira.kernel.EsteiraException when a sink says no; nothing is written then
     */
    Verdict commit(Finished finished, boolean keep) {
        var attempt = finished.attempt();
        return change(attempt.step().runRef(), change -> {
                    var step = current(change, attempt);
                    if (step.isEmpty()) {
                        return fence(change, attempt);
                    }
                    change.attempt(attempt, AttemptState.COMMITTING, Map.of());
                    artifacts.save(change.tx(), attempt.step().workspace(), finished.outputs(), now());
                    for (var commit : finished.commits()) {
                        artifacts.sink(change.tx(), commit);
                    }
                    end(change, attempt, finished.end());
                    change.attempt(attempt, AttemptState.COMMITTED, Map.of());
                    if (finished.effect()) {
                        rows.attempts().settle(change.tx(), effect(change, attempt.step()), true, now());
                    }
                    var key = step.get().keyed().orElseThrow().key();
                    if (keep) {
                        var took = Duration.between(attempt.createdAt(), change.now());
                        rows.cache().insert(change.tx(), key, attempt, finished.outcome(), took, now());
                    }
                    release(change, step.get());
                    change.save(step.get(), succeeded(change, step.get(), finished.outcome()));
                    tell(change, attempt, finished.outcome());
                    return Verdict.TAKEN;
                })
                .orElse(Verdict.FENCED);
    }

    private void tell(RunChange change, Attempt attempt, Outcome outcome) throws SQLException {
        if (!outcome.annotations().entries().isEmpty()) {
            var step = attempt.step();
            outbox.publish(
                    change.tx(),
                    step.workspace(),
                    StepCommitted.TOPIC,
                    step.run(),
                    new StepCommitted(step.run(), step.step(), attempt.id()).payload());
        }
    }

    private static RunStep succeeded(RunChange change, RunStep step, Outcome outcome) {
        var details = new LinkedHashMap<String, Value>();
        details.put("cached", Value.of(false));
        if (outcome.warnings() > 0) {
            details.put("warnings", Value.of(outcome.warnings()));
        }
        return change.move(step, StepState.SUCCEEDED, details).with(outcome);
    }

    /**
     * Takes the failure of an attempt and decides what follows.
     *
     * @param kept what a refused result gave, to look at
     * @param outputs its artifacts
     */
    Verdict fail(Attempt attempt, Attempt.End end, Optional<Outcome> kept, Collection<Artifact> outputs) {
        return change(attempt.step().runRef(), change -> {
                    var found = current(change, attempt);
                    if (found.isEmpty()) {
                        return fence(change, attempt);
                    }
                    var step = found.get();
                    var failure = end.failure().orElseThrow();
                    artifacts.save(change.tx(), attempt.step().workspace(), outputs, now());
                    end(change, attempt, end);
                    change.attempt(attempt, end.state(), told(failure));
                    release(change, step);
                    var counted =
                            step.with(counted(step.tries(), failure.cause())).with(failure);
                    change.save(step, after(change, kept.map(counted::with).orElse(counted), failure, attempt.id()));
                    return Verdict.TAKEN;
                })
                .orElse(Verdict.FENCED);
    }

    /** A ready step could not be prepared. */
    void failReady(StepRef ref, Failure failure, String attemptId) {
        onStep(ref, StepState.READY, (change, step) -> {
            var counted = step.with(counted(step.tries(), failure.cause())).with(failure);
            change.save(step, after(change, counted, failure, attemptId));
        });
    }

    /** Nobody can tell whether an effect was made: a person decides, unless the run is being cancelled anyway. */
    void awaitDecision(Attempt attempt, Failure failure) {
        change(attempt.step().runRef(), change -> {
            var step = current(change, attempt);
            if (step.isPresent()) {
                rows.attempts().end(change.tx(), attempt, Attempt.End.of(AttemptState.LOST, failure), now());
                change.attempt(attempt, AttemptState.LOST, told(failure));
                release(change, step.get());
                var next = change.run().state() == RunState.CANCELLING ? StepState.CANCELLED : StepState.AWAITING_INPUT;
                change.save(
                        step.get(), change.move(step.get(), next, told(failure)).with(failure));
            }
            return true;
        });
    }

    private RunStep after(RunChange change, RunStep step, Failure failure, String attemptId) throws SQLException {
        var told = told(failure);
        if (change.run().state() == RunState.CANCELLING && step.state() == StepState.RUNNING) {
            return change.move(step, StepState.CANCELLED, told);
        }
        if (failure.cause().equals(Cause.LOST) && step.tries().lost() <= RetryPolicy.MAX_LOST) {
            return change.move(change.move(step, StepState.RETRY_WAIT, told), StepState.READY, Map.of());
        }
        var pause = step.plan().retry().pause(failure.cause(), step.tries().charged(), attemptId);
        if (pause.isEmpty()) {
            return change.move(step, StepState.FAILED, told);
        }
        var due = change.now().plus(pause.get());
        rows.steps().setTimer(change.tx(), step.ref(), due, change.now());
        change.tx().afterCommit(() -> wakeups.readyAt(step.ref(), due));
        told.put("due", Value.of(due.toString()));
        return change.move(step, StepState.RETRY_WAIT, told);
    }

    /** The pause of a step before its next attempt is over. */
    void due(StepRef ref) {
        onStep(ref, StepState.RETRY_WAIT, (change, step) -> {
            rows.steps().clearTimer(change.tx(), ref);
            change.save(step, change.move(step, StepState.READY, Map.of()));
        });
    }

    /** A value for a key appeared, or its lease ended. */
    void recheck(StepRef ref) {
        onStep(
                ref,
                StepState.WAITING_CACHE,
                (change, step) -> change.save(step, change.move(step, StepState.READY, Map.of())));
    }

    /** A queued step is looked at again: another server may give it another key, or have its value. */
    void requeue(StepRef ref) {
        onStep(ref, StepState.QUEUED, (change, step) -> {
            release(change, step);
            change.save(step, change.move(step, StepState.READY, Map.of()));
        });
    }

    /** Cancels a run; nothing happens when it has ended or is being cancelled. */
    Optional<PipelineRun> cancel(RunRef ref, String by) {
        return change(ref, change -> {
            var state = change.run().state();
            if (state.ended() || state == RunState.CANCELLING) {
                return change.run();
            }
            change.runTo(
                    state == RunState.QUEUED ? RunState.CANCELLED : RunState.CANCELLING,
                    Optional.of("cancelledBy:" + by));
            for (var step : rows.steps().all(change.tx(), ref)) {
                if (!step.state().ended() && step.state() != StepState.RUNNING) {
                    release(change, step);
                    rows.steps().clearTimer(change.tx(), step.ref());
                    change.save(step, change.move(step, StepState.CANCELLED, Map.of()));
                }
            }
            change.look();
            change.tx().afterCommit(() -> wakeups.cancelling(ref));
            return change.run();
        });
    }

    /** A person says whether the effect of a step was made; false when nobody asked. */
    boolean decide(StepRef ref, boolean made) {
        return change(ref.runRef(), change -> {
                    var step = change.step(ref.step()).filter(one -> one.state() == StepState.AWAITING_INPUT);
                    if (step.isEmpty()) {
                        return false;
                    }
                    rows.attempts().settle(change.tx(), effect(change, ref), made, now());
                    change.look();
                    var outcome = new Outcome(
                            Outcome.How.DECIDED, new LinkedHashMap<>(), Value.Fields.EMPTY, 0, Optional.empty());
                    change.save(
                            step.get(),
                            made
                                    ? change.move(step.get(), StepState.SUCCEEDED, Map.of())
                                            .with(outcome)
                                    : change.move(step.get(), StepState.READY, Map.of()));
                    return true;
                })
                .orElse(false);
    }

    private static StepRef effect(RunChange change, StepRef step) {
        return new StepRef(step.workspace(), change.run().root(), step.step());
    }

    private interface OnStep {
        void in(RunChange change, RunStep step) throws SQLException;
    }

    private void onStep(StepRef ref, StepState expected, OnStep work) {
        change(ref.runRef(), change -> {
            var step = change.step(ref.step());
            if (step.isPresent() && step.get().state() == expected) {
                work.in(change, step.get());
            }
            return true;
        });
    }

    private static Optional<RunStep> current(RunChange change, Attempt attempt) throws SQLException {
        return change.step(attempt.step().step())
                .filter(step -> step.state() == StepState.RUNNING && step.token() == attempt.number());
    }

    private Verdict fence(RunChange change, Attempt attempt) throws SQLException {
        var end = new Attempt.End(
                AttemptState.FENCED, Value.Fields.EMPTY, Optional.empty(), Optional.empty(), Attempt.Usage.UNKNOWN);
        if (rows.attempts().end(change.tx(), attempt, end, now())) {
            change.attempt(attempt, AttemptState.FENCED, Map.of());
        }
        return Verdict.FENCED;
    }

    private void end(RunChange change, Attempt attempt, Attempt.End end) throws SQLException {
        if (end.log().isPresent()) {
            artifacts.note(change.tx(), attempt.step().workspace(), end.log().get(), now());
        }
        rows.attempts().end(change.tx(), attempt, end, now());
    }

    private void release(RunChange change, RunStep step) throws SQLException {
        var key = step.keyed().map(RunStep.Keyed::key);
        if (key.isPresent() && rows.cache().release(change.tx(), key.get(), step.ref())) {
            change.tx().afterCommit(() -> wakeups.released(step.ref().workspace(), key.get()));
        }
    }

    private static RunStep.Tries counted(RunStep.Tries tries, Cause cause) {
        return cause.equals(Cause.LOST)
                ? new RunStep.Tries(tries.attempts(), tries.charged(), tries.lost() + 1)
                : new RunStep.Tries(tries.attempts(), tries.charged() + 1, tries.lost());
    }

    private static Map<String, Value> causes(RunStep.Keyed keyed) {
        return Map.of(
                "causes", Value.ofTexts(keyed.causes().stream().map(Enum::name).toList()));
    }

    private static Map<String, Value> told(Failure failure) {
        var body = new LinkedHashMap<String, Value>();
        body.put("cause", Value.of(failure.cause().word()));
        body.put("code", Value.of(failure.code()));
        body.put("message", Value.of(failure.message()));
        if (!failure.remedy().isEmpty()) {
            body.put("remedy", Value.of(failure.remedy()));
        }
        return body;
    }

    private Instant now() {
        return clock.instant();
    }
}
