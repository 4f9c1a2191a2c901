package dev.esteira.pipeline;

import dev.esteira.kernel.Value;
import dev.esteira.spi.StepResult;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one run inside one transaction. Every transition is checked against the table, becomes an event, and wakes
 * what follows from it: successors, the end of the run.
 */
final class RunChange {

    private static final Set<StepState> BUSY = EnumSet.of(
            StepState.READY, StepState.WAITING_CACHE, StepState.QUEUED, StepState.RUNNING, StepState.RETRY_WAIT);

    private final SqlTx tx;
    private final Rows rows;
    private final Instant now;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<StepRef> ready = new ArrayList<>();
    private PipelineRun run;
    private boolean look;

    private RunChange(SqlTx tx, Rows rows, Instant now, PipelineRun run) {
        this.tx = tx;
        this.rows = rows;
        this.now = now;
        this.run = run;
    }

    /** Takes a run for this transaction; empty when there is no such run. */
    static Optional<RunChange> open(SqlTx tx, Rows rows, RunRef ref, Instant now) throws SQLException {
        return rows.runs().lock(tx, ref).map(run -> new RunChange(tx, rows, now, run));
    }

    /** Begins with a run whose row was just made. */
    static RunChange fresh(SqlTx tx, Rows rows, PipelineRun run, Instant now) {
        return new RunChange(tx, rows, now, run);
    }

    SqlTx tx() {
        return tx;
    }

    Instant now() {
        return now;
    }

    PipelineRun run() {
        return run;
    }

    Optional<RunStep> step(String name) throws SQLException {
        return rows.steps().find(tx, run.ref().step(name));
    }

    /** The steps that became ready and have to be looked at after the commit. */
    List<StepRef> ready() {
        return ready;
    }

    /** The first event of a run, and its place in the queue. */
    void submitted() {
        event(
                RunEvent.RUN,
                Optional.empty(),
                Map.of("state", Value.of(run.state().name())));
        runTo(RunState.QUEUED, Optional.empty());
    }

    void runTo(RunState next, Optional<String> reason) {
        run = run.to(next, reason, now);
        var body = new LinkedHashMap<String, Value>();
        body.put("state", Value.of(next.name()));
        reason.ifPresent(word -> body.put("reason", Value.of(word)));
        event(RunEvent.RUN, Optional.empty(), body);
    }

    /** A step in its next state, with its event; {@link #save} writes the row. */
    RunStep move(RunStep step, StepState next, Map<String, Value> details) {
        var moved = step.to(next, now);
        var body = new LinkedHashMap<String, Value>();
        body.put("state", Value.of(next.name()));
        body.putAll(details);
        event(RunEvent.STEP, Optional.of(step.name()), body);
        return moved;
    }

    void attempt(Attempt attempt, AttemptState state, Map<String, Value> details) {
        var body = new LinkedHashMap<String, Value>();
        body.put("state", Value.of(state.name()));
        body.put("attempt", Value.of(attempt.id()));
        body.put("number", Value.of(attempt.number()));
        body.putAll(details);
        event(RunEvent.ATTEMPT, Optional.of(attempt.step().step()), body);
    }

    /** Writes a changed step, and what follows when it has ended. */
    void save(RunStep before, RunStep after) throws SQLException {
        rows.steps().update(tx, before, after, now);
        if (after.outcome().isPresent() && before.outcome().isEmpty()) {
            rows.steps().insertOutputs(tx, after, now);
        }
        look |= after.state() == StepState.AWAITING_INPUT;
        if (after.state() == StepState.READY) {
            ready.add(after.ref());
        }
        if (after.state().ended() && !before.state().ended()) {
            look = true;
            stepEnded(after.outcome().map(Outcome::warnings).orElse(0));
            for (var successor : rows.steps().successors(tx, after.ref())) {
                satisfy(run.ref().step(successor));
            }
        }
    }

    /** Makes the steps ready that wait for nothing. */
    void admit() throws SQLException {
        runTo(RunState.RUNNING, Optional.empty());
        look = true;
        for (var step : rows.steps().all(tx, run.ref())) {
            if (step.state() == StepState.PENDING && step.unsatisfied() == 0) {
                decide(step);
            }
        }
    }

    /** Writes the run and its events. Called once, at the end. */
    void close() throws SQLException {
        if (look) {
            endOrPause();
        }
        rows.runs().insertEvents(tx, run.ref(), events);
        rows.runs().update(tx, run, now);
    }

    /** Has the end of the run looked for, also when no step ended. */
    void look() {
        look = true;
    }

    /** Appends a progress event. */
    void progress(String step, Value.Fields progress) {
        event(RunEvent.PROGRESS, Optional.of(step), progress.entries());
    }

    private void satisfy(StepRef ref) throws SQLException {
        if (rows.steps().satisfyOne(tx, ref) > 0) {
            return;
        }
        var step = rows.steps().find(tx, ref).orElseThrow();
        if (step.state() == StepState.PENDING && (run.state() == RunState.RUNNING || run.state() == RunState.PAUSED)) {
            decide(step);
        }
    }

    private void decide(RunStep step) throws SQLException {
        var next = StepRules.next(rows.steps().before(tx, step.ref()));
        if (next.isPresent()) {
            var details = new LinkedHashMap<String, Value>();
            next.get().because().ifPresent(other -> details.put("because", Value.of(other)));
            save(step, move(step, next.get().state(), details));
        }
    }

    private void stepEnded(int warnings) {
        run = run.stepEnded(warnings);
    }

    private void endOrPause() throws SQLException {
        if (run.state().ended() || run.state() == RunState.QUEUED || run.state() == RunState.CREATED) {
            return;
        }
        var states = rows.steps().states(tx, run.ref());
        if (states.stream().allMatch(StepState::ended)) {
            if (run.state() == RunState.PAUSED) {
                runTo(RunState.RUNNING, Optional.empty());
            }
            var end = StepRules.runEnd(run.state() == RunState.CANCELLING, states);
            runTo(end, end == RunState.FAILED ? Optional.of(firstFailure()) : run.reason());
        } else if (run.state() == RunState.RUNNING && states.stream().noneMatch(BUSY::contains)) {
            runTo(RunState.PAUSED, Optional.of("effectUnknown"));
        } else if (run.state() == RunState.PAUSED && states.stream().anyMatch(BUSY::contains)) {
            runTo(RunState.RUNNING, Optional.empty());
        }
    }

    private String firstFailure() throws SQLException {
        return rows.steps().all(tx, run.ref()).stream()
                .filter(step -> step.state() == StepState.FAILED)
                .findFirst()
                .flatMap(RunStep::failure)
                .map(failure -> failure.cause().equals(Cause.REFUSED)
                        ? StepResult.Refused.reason(failure.code())
                        : "stepFailed")
                .orElse("stepFailed");
    }

    private void event(String type, Optional<String> step, Map<String, Value> body) {
        run = run.withEvent();
        events.add(new RunEvent(run.lastSeq(), now, type, step, Value.ofFields(body)));
    }
}
