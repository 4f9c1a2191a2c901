package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of steps, the edges between them and the timers of those that wait for another attempt. */
final class StepStore {

    private static final String ONE = " WHERE workspace = ? AND run = ? AND name = ?";

    void insert(SqlTx tx, RunStep step, Instant now) throws SQLException {
        tx.update(
                """
                INSERT INTO pipeline_step (workspace, run, name, pipeline, position, kind, plan, forced, uses_cache,
                    state, unsatisfied, attempts, charged, lost, warnings, version, created_at, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?)""",
                step.ref().workspace(),
                step.ref().run(),
                step.name(),
                step.pipeline(),
                step.position(),
                step.plan().kind(),
                StepPlanText.write(step.plan()),
                step.forced(),
                step.usesCache(),
                step.state(),
                step.unsatisfied(),
                now,
                now);
    }

    void insertEdge(SqlTx tx, RunRef run, String source, String target, StepRules.Edge edge, Instant now)
            throws SQLException {
        tx.update("""
                INSERT INTO pipeline_edge (workspace, run, source, target, kind, created_at)
                VALUES (?, ?, ?, ?, ?, ?)""", run.workspace(), run.run(), source, target, edge, now);
    }

    Optional<RunStep> find(SqlTx tx, StepRef step) throws SQLException {
        return tx.first(
                "SELECT * FROM pipeline_step" + ONE, StepStore::step, step.workspace(), step.run(), step.step());
    }

    /** The steps of a run in the order of the file. */
    List<RunStep> all(SqlTx tx, RunRef run) throws SQLException {
        return tx.query(
                "SELECT * FROM pipeline_step WHERE workspace = ? AND run = ? ORDER BY position",
                StepStore::step,
                run.workspace(),
                run.run());
    }

    Set<String> names(SqlTx tx, RunRef run) throws SQLException {
        return Set.copyOf(tx.query(
                "SELECT name FROM pipeline_step WHERE workspace = ? AND run = ?",
                row -> row.text("name"),
                run.workspace(),
                run.run()));
    }

    List<StepState> states(SqlTx tx, RunRef run) throws SQLException {
        return tx.query(
                "SELECT state FROM pipeline_step WHERE workspace = ? AND run = ?",
                row -> StepState.valueOf(row.text("state")),
                run.workspace(),
                run.run());
    }

    /**
     * Writes a changed step if nobody changed it since it was read.
     *
     * @throws IllegalStateException when somebody did, which is a fault of the engine: the run is locked
     */
    void update(SqlTx tx, RunStep before, RunStep after, Instant now) throws SQLException {
        var keyed = after.keyed();
        var outcome = after.outcome();
        var changed = tx.update(
                """
                UPDATE pipeline_step SET state = ?, attempts = ?, charged = ?, lost = ?, key = ?, components = ?,
                    places = ?, causes = ?, basis_run = ?, basis_step = ?, outcome = ?, outputs = ?, annotations = ?,
                    warnings = ?, source_run = ?, source_step = ?, error = ?, started_at = ?, ended_at = ?,
                    version = version + 1, changed_at = ?""" + ONE + " AND state = ? AND version = ?",
                after.state(),
                after.tries().attempts(),
                after.tries().charged(),
                after.tries().lost(),
                keyed.map(RunStep.Keyed::key),
                keyed.map(one -> CanonicalJson.text(one.components())),
                keyed.map(one -> CanonicalJson.text(one.places())),
                keyed.map(one ->
                        String.join(" ", one.causes().stream().map(Enum::name).toList())),
                keyed.flatMap(RunStep.Keyed::basis).map(RunStep.Basis::run),
                keyed.flatMap(RunStep.Keyed::basis).map(RunStep.Basis::step),
                outcome.map(Outcome::how),
                outcome.map(one -> Outcome.outputsText(one.outputs())),
                outcome.map(one -> CanonicalJson.text(one.annotations())),
                outcome.map(Outcome::warnings).orElse(0),
                outcome.flatMap(Outcome::source).map(RunStep.Basis::run),
                outcome.flatMap(Outcome::source).map(RunStep.Basis::step),
                after.failure().map(Failure::text),
                after.startedAt(),
                after.endedAt(),
                now,
                after.ref().workspace(),
                after.ref().run(),
                after.name(),
                before.state(),
                before.version());
        if (changed != 1) {
            throw new IllegalStateException("Step " + after.ref() + " was changed by somebody else");
        }
    }

    /** Notes what a step gave, so that it is kept as long as the step. */
    void insertOutputs(SqlTx tx, RunStep step, Instant now) throws SQLException {
        for (var output : step.outcome().orElseThrow().outputs().entrySet()) {
            tx.update(
                    """
                    INSERT INTO pipeline_output (workspace, run, step, name, tree, created_at)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, run, step, name) DO NOTHING""",
                    step.ref().workspace(),
                    step.ref().run(),
                    step.name(),
                    output.getKey(),
                    output.getValue(),
                    now);
        }
    }

    List<String> successors(SqlTx tx, StepRef step) throws SQLException {
        return tx.query(
                "SELECT target FROM pipeline_edge WHERE workspace = ? AND run = ? AND source = ? ORDER BY target",
                row -> row.text("target"),
                step.workspace(),
                step.run(),
                step.step());
    }

    /** Notes that one more step before this one has ended, and says how many are left. */
    long satisfyOne(SqlTx tx, StepRef step) throws SQLException {
        return tx.whole(
                "UPDATE pipeline_step SET unsatisfied = unsatisfied - 1" + ONE + " RETURNING unsatisfied",
                step.workspace(),
                step.run(),
                step.step());
    }

    List<StepRules.Before> before(SqlTx tx, StepRef step) throws SQLException {
        return tx.query(
                """
                SELECT edge.source AS source, edge.kind AS kind, step.state AS state
                FROM pipeline_edge edge JOIN pipeline_step step
                    ON step.workspace = edge.workspace AND step.run = edge.run AND step.name = edge.source
                WHERE edge.workspace = ? AND edge.run = ? AND edge.target = ? ORDER BY step.position""",
                row -> new StepRules.Before(
                        row.text("source"),
                        StepRules.Edge.valueOf(row.text("kind")),
                        StepState.valueOf(row.text("state"))),
                step.workspace(),
                step.run(),
                step.step());
    }

    /** Earlier steps with a key that bear this name in this pipeline, latest first. */
    List<RunStep> sameName(SqlTx tx, WorkspaceName workspace, String pipeline, String name, String notRun, int limit)
            throws SQLException {
        return tx.query("""
                SELECT * FROM pipeline_step
                WHERE workspace = ? AND pipeline = ? AND name = ? AND run <> ? AND key IS NOT NULL
                ORDER BY created_at DESC, run DESC LIMIT ?""", StepStore::step, workspace, pipeline, name, notRun, limit);
    }

    /** Earlier steps with a key that are of this kind in this pipeline, latest first. */
    List<RunStep> sameKind(SqlTx tx, WorkspaceName workspace, String pipeline, String kind, String notRun, int limit)
            throws SQLException {
        return tx.query("""
                SELECT * FROM pipeline_step
                WHERE workspace = ? AND pipeline = ? AND kind = ? AND run <> ? AND key IS NOT NULL
                ORDER BY created_at DESC, run DESC LIMIT ?""", StepStore::step, workspace, pipeline, kind, notRun, limit);
    }

    /** Earlier steps with a key that are of this kind, of whatever pipeline, latest first. */
    List<RunStep> ofKind(SqlTx tx, WorkspaceName workspace, String kind, int limit) throws SQLException {
        return tx.query("""
                SELECT * FROM pipeline_step WHERE workspace = ? AND kind = ? AND key IS NOT NULL
                ORDER BY created_at DESC, run DESC LIMIT ?""", StepStore::step, workspace, kind, limit);
    }

    /** Whether a step with this key exists in another run. */
    Optional<RunStep> sameKey(SqlTx tx, WorkspaceName workspace, Digest key, String notRun) throws SQLException {
        return tx.first("""
                SELECT * FROM pipeline_step WHERE workspace = ? AND key = ? AND run <> ?
                ORDER BY created_at DESC LIMIT 1""", StepStore::step, workspace, key, notRun);
    }

    /** How long this step took when it really ran, latest first. */
    List<Duration> durations(SqlTx tx, WorkspaceName workspace, String pipeline, String name, int limit)
            throws SQLException {
        return tx.query(
                """
                SELECT started_at, ended_at FROM pipeline_step
                WHERE workspace = ? AND pipeline = ? AND name = ? AND outcome = 'RAN' AND started_at IS NOT NULL
                    AND ended_at IS NOT NULL
                ORDER BY created_at DESC LIMIT ?""",
                row -> Duration.of(row.whole("ended_at") - row.whole("started_at"), ChronoUnit.MICROS),
                workspace,
                pipeline,
                name,
                limit);
    }

    List<RunStep> waitingFor(SqlTx tx, WorkspaceName workspace, Digest key) throws SQLException {
        return tx.query(
                "SELECT * FROM pipeline_step WHERE workspace = ? AND key = ? AND state = 'WAITING_CACHE'",
                StepStore::step,
                workspace,
                key);
    }

    void setTimer(SqlTx tx, StepRef step, Instant due, Instant now) throws SQLException {
        tx.update("""
                INSERT INTO pipeline_timer (workspace, run, step, due_at, created_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (workspace, run, step) DO UPDATE SET due_at = excluded.due_at""", step.workspace(), step.run(), step.step(), due, now);
    }

    void clearTimer(SqlTx tx, StepRef step) throws SQLException {
        tx.update(
                "DELETE FROM pipeline_timer WHERE workspace = ? AND run = ? AND step = ?",
                step.workspace(),
                step.run(),
                step.step());
    }

    Optional<Instant> timer(SqlTx tx, StepRef step) throws SQLException {
        return tx.first(
                "SELECT due_at FROM pipeline_timer WHERE workspace = ? AND run = ? AND step = ?",
                row -> row.instant("due_at"),
                step.workspace(),
                step.run(),
                step.step());
    }

    private static RunStep step(Row row) throws SQLException {
        var ref = new StepRef(new WorkspaceName(row.text("workspace")), row.text("run"), row.text("name"));
        return new RunStep(
                ref,
                row.text("pipeline"),
                row.integer("position"),
                StepPlanText.read(row.text("plan")),
                row.flag("forced"),
                row.flag("uses_cache"),
                StepState.valueOf(row.text("state")),
                row.integer("unsatisfied"),
                new RunStep.Tries(row.integer("attempts"), row.integer("charged"), row.integer("lost")),
                keyed(row),
                outcome(row),
                row.optionalText("error").map(Failure::ofText),
                row.whole("version"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }

    private static Optional<RunStep.Keyed> keyed(Row row) throws SQLException {
        var key = row.optionalDigest("key");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var causes = row.optionalText("causes").filter(text -> !text.isEmpty());
        return Optional.of(new RunStep.Keyed(
                key.get(),
                Json.parseFields(row.text("components")),
                Json.parseFields(row.text("places")),
                causes.map(text -> List.of(text.split(" ", -1)).stream()
                                .map(MissCause::valueOf)
                                .toList())
                        .orElse(List.of()),
                basis(row, "basis_run", "basis_step")));
    }

    private static Optional<Outcome> outcome(Row row) throws SQLException {
        var how = row.optionalText("outcome");
        if (how.isEmpty()) {
            return Optional.empty();
        }
        Value.Fields annotations = Json.parseFields(row.text("annotations"));
        return Optional.of(new Outcome(
                Outcome.How.valueOf(how.get()),
                Outcome.outputsOf(row.text("outputs")),
                annotations,
                row.integer("warnings"),
                basis(row, "source_run", "source_step")));
    }

    private static Optional<RunStep.Basis> basis(Row row, String run, String step) throws SQLException {
        var name = row.optionalText(step);
        return row.optionalText(run).flatMap(id -> name.map(one -> new RunStep.Basis(id, one)));
    }
}
