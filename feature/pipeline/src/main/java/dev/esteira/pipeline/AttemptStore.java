package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Rows of attempts and of effects. */
final class AttemptStore {

    private static final String ONE = " WHERE workspace = ? AND run = ? AND step = ? AND number = ?";

    void insert(SqlTx tx, Attempt attempt) throws SQLException {
        tx.update(
                """
                INSERT INTO pipeline_attempt (workspace, run, step, number, id, execution, state, annotations, version,
                    created_at, started_at, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, '{}', 0, ?, ?, ?)""",
                attempt.step().workspace(),
                attempt.step().run(),
                attempt.step().step(),
                attempt.number(),
                attempt.id(),
                attempt.how(),
                attempt.state(),
                attempt.createdAt(),
                attempt.startedAt(),
                attempt.createdAt());
    }

    List<Attempt> all(SqlTx tx, StepRef step) throws SQLException {
        return tx.query(
                "SELECT * FROM pipeline_attempt WHERE workspace = ? AND run = ? AND step = ? ORDER BY number",
                AttemptStore::attempt,
                step.workspace(),
                step.run(),
                step.step());
    }

    /** Those of all steps of a run, by step and number. */
    List<Attempt> all(SqlTx tx, RunRef run) throws SQLException {
        return tx.query(
                "SELECT * FROM pipeline_attempt WHERE workspace = ? AND run = ? ORDER BY step, number",
                AttemptStore::attempt,
                run.workspace(),
                run.run());
    }

    Optional<Attempt> find(SqlTx tx, StepRef step, int number) throws SQLException {
        return tx.first(
                "SELECT * FROM pipeline_attempt" + ONE,
                AttemptStore::attempt,
                step.workspace(),
                step.run(),
                step.step(),
                number);
    }

    /** Notes the process of an attempt that was dispatched; false when it is further already. */
    boolean started(SqlTx tx, Attempt attempt, long pid, long startTicks, Instant now) throws SQLException {
        return tx.update(
                        """
                UPDATE pipeline_attempt SET state = 'STARTED', pid = ?, start_ticks = ?, started_at = ?,
                    version = version + 1, changed_at = ?""" + ONE + " AND state = 'DISPATCHED'",
                        pid,
                        startTicks,
                        now,
                        now,
                        attempt.step().workspace(),
                        attempt.step().run(),
                        attempt.step().step(),
                        attempt.number())
                == 1;
    }

    /** Writes the end of an attempt that has not ended; false when it had. */
    boolean end(SqlTx tx, Attempt attempt, Attempt.End end, Instant now) throws SQLException {
        return tx.update(
                        """
                        UPDATE pipeline_attempt SET state = ?, annotations = ?, cause = ?, error = ?, log_digest = ?, log_size = ?,
                            cpu_micros = ?, peak_bytes = ?, ended_at = ?, version = version + 1, changed_at = ?""" + ONE + " AND state IN ('DISPATCHED', 'STARTED', 'COMMITTING')",
                        end.state(),
                        CanonicalJson.text(end.annotations()),
                        end.failure().map(failure -> failure.cause().word()),
                        end.failure().map(Failure::text),
                        end.log().map(ArtifactStore.Stored::digest),
                        end.log().map(ArtifactStore.Stored::size),
                        end.usage().processor().map(time -> time.toNanos() / 1000),
                        end.usage().peakBytes(),
                        now,
                        now,
                        attempt.step().workspace(),
                        attempt.step().run(),
                        attempt.step().step(),
                        attempt.number())
                == 1;
    }

    /**
     * Notes that an effect is about to be tried.
     *
     * @param effect the step in the first of all runs that resume each other
     */
    void intend(SqlTx tx, StepRef effect, int number, Instant now) throws SQLException {
        tx.update("""
                INSERT INTO pipeline_effect (workspace, run, step, effect_key, state, number, version, created_at,
                    changed_at)
                VALUES (?, ?, ?, ?, 'INTENT', ?, 0, ?, ?)
                ON CONFLICT (workspace, run, step) DO UPDATE SET state = 'INTENT', number = excluded.number,
                    version = pipeline_effect.version + 1, changed_at = excluded.changed_at""", effect.workspace(), effect.run(), effect.step(), effect.toString(), number, now, now);
    }

    /** Whether an effect was tried of which nobody noted that it was done. */
    boolean intended(SqlTx tx, StepRef step) throws SQLException {
        return tx.exists(
                "SELECT 1 FROM pipeline_effect WHERE workspace = ? AND run = ? AND step = ? AND state = 'INTENT'",
                step.workspace(),
                step.run(),
                step.step());
    }

    /** Notes that the effect was done, or that it certainly was not. */
    void settle(SqlTx tx, StepRef step, boolean done, Instant now) throws SQLException {
        tx.update("""
                UPDATE pipeline_effect SET state = ?, version = version + 1, changed_at = ?
                WHERE workspace = ? AND run = ? AND step = ?""", done ? "DONE" : "ABSENT", now, step.workspace(), step.run(), step.step());
    }

    private static Attempt attempt(Row row) throws SQLException {
        var step = new StepRef(new WorkspaceName(row.text("workspace")), row.text("run"), row.text("step"));
        Value.Fields annotations = Json.parseFields(row.text("annotations"));
        return new Attempt(
                step,
                row.integer("number"),
                row.text("id"),
                Attempt.How.valueOf(row.text("execution")),
                AttemptState.valueOf(row.text("state")),
                annotations,
                row.optionalText("error").map(Failure::ofText),
                row.optionalDigest("log_digest"),
                new Attempt.Usage(
                        row.optionalWhole("cpu_micros").map(micros -> Duration.of(micros, ChronoUnit.MICROS)),
                        row.optionalWhole("peak_bytes")),
                row.instant("created_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }
}
