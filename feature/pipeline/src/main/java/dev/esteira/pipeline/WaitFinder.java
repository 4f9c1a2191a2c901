package dev.esteira.pipeline;

import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what the steps of a run wait for: from their rows, and from who has the engine's workers right now. */
final class WaitFinder {

    private final Database database;
    private final Rows rows;
    private final Engine engine;

    WaitFinder(Database database, Engine engine) {
        this.database = database;
        this.rows = engine.rows();
        this.engine = engine;
    }

    /** The steps that wait, in the order of the file. */
    List<Waiting> all(RunRef ref) {
        return database.read(tx -> {
            var found = new ArrayList<Waiting>();
            var run = rows.runs().find(tx, ref).orElseThrow();
            for (var step : rows.steps().all(tx, ref)) {
                find(tx, run, step).ifPresent(found::add);
            }
            return found;
        });
    }

    /** What one step waits for; empty when it runs or has ended. */
    Optional<Waiting> of(StepRef ref) {
        return database.read(tx -> {
            var run = rows.runs().find(tx, ref.runRef()).orElseThrow();
            return find(tx, run, rows.steps().find(tx, ref).orElseThrow());
        });
    }

    private Optional<Waiting> find(SqlTx tx, PipelineRun run, RunStep step) throws SQLException {
        return switch (step.state()) {
            case RUNNING, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> Optional.empty();
            case AWAITING_INPUT -> Optional.of(person(step));
            case PENDING, READY, WAITING_CACHE, QUEUED, RETRY_WAIT ->
                Optional.of(
                        engine.works()
                                ? moving(tx, run, step)
                                : waiting(
                                        step,
                                        Waiting.Reason.SERVER,
                                        "No server with workers is at work on its data directory; start one, or resume the run."));
        };
    }

    private Waiting moving(SqlTx tx, PipelineRun run, RunStep step) throws SQLException {
        return switch (step.state()) {
            case PENDING ->
                run.state() == RunState.QUEUED
                        ? waiting(step, Waiting.Reason.RUN, "Its run has not begun.")
                        : before(tx, step);
            case WAITING_CACHE -> twin(tx, step);
            case QUEUED -> workers(step);
            case RETRY_WAIT -> backOff(tx, step);
            default -> waiting(step, Waiting.Reason.PREPARATION, "The server is looking at what it depends on.");
        };
    }

    private Waiting before(SqlTx tx, RunStep step) throws SQLException {
        var open = rows.steps().before(tx, step.ref()).stream()
                .filter(one -> !one.state().ended())
                .toList();
        var told = open.stream()
                .map(one -> "'" + one.step() + "' (" + one.state() + ")")
                .collect(Collectors.joining(", "));
        return new Waiting(
                step.name(),
                step.state(),
                Waiting.Reason.STEPS,
                "It waits for " + (open.size() == 1 ? "step " : "the steps ") + told + ".",
                Optional.empty(),
                open.stream().map(StepRules.Before::step).toList(),
                Optional.empty());
    }

    private Waiting twin(SqlTx tx, RunStep step) throws SQLException {
        var key = step.keyed().orElseThrow().key();
        var maker = rows.cache().holder(tx, step.ref().workspace(), key);
        if (maker.isEmpty()) {
            return waiting(step, Waiting.Reason.PREPARATION, "The step that made the same value has just ended.");
        }
        return new Waiting(
                step.name(),
                step.state(),
                Waiting.Reason.TWIN,
                "Step '" + maker.get().step() + "' of run " + maker.get().run()
                        + " is making the same value, which then serves here too.",
                Optional.empty(),
                List.of(maker.get().run() + "/" + maker.get().step()),
                Optional.empty());
    }

    private Waiting workers(RunStep step) {
        var occupancy = engine.occupancy(step.ref());
        var busy = occupancy.busy().stream()
                .map(one -> one.runRef().equals(step.ref().runRef()) ? one.step() : one.run() + "/" + one.step())
                .sorted()
                .toList();
        var ahead = occupancy.ahead();
        var sentence = "All " + occupancy.limit() + " workers are busy"
                + (busy.isEmpty() ? "" : " with " + String.join(", ", busy))
                + ahead.filter(count -> count > 0)
                        .map(count -> "; " + count + (count == 1 ? " step is" : " steps are") + " served before it")
                        .orElse("")
                + ".";
        return new Waiting(step.name(), step.state(), Waiting.Reason.WORKERS, sentence, Optional.empty(), busy, ahead);
    }

    private Waiting backOff(SqlTx tx, RunStep step) throws SQLException {
        var due = rows.steps().timer(tx, step.ref());
        var why = step.failure().map(Failure::message).orElse("Its last attempt failed.");
        return new Waiting(
                step.name(),
                step.state(),
                Waiting.Reason.BACK_OFF,
                "Attempt " + step.tries().attempts() + " failed, and it is tried again"
                        + due.map(moment -> " at " + moment).orElse(" soon") + ": " + why,
                due,
                List.of(),
                Optional.empty());
    }

    private static Waiting person(RunStep step) {
        return waiting(
                step,
                Waiting.Reason.PERSON,
                step.failure().map(Failure::message).orElse("Somebody has to say whether its change was made."));
    }

    private static Waiting waiting(RunStep step, Waiting.Reason reason, String sentence) {
        return new Waiting(
                step.name(), step.state(), reason, sentence, Optional.<Instant>empty(), List.of(), Optional.empty());
    }
}
