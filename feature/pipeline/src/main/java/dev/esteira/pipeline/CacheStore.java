package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Rows of stored values and of the leases of those being made. */
final class CacheStore {

    /**
     * A stored value.
     *
     * @param attempt which made it
     * @param evicted whether a file of it was found missing
     */
    record CachedValue(
            Digest key,
            String attempt,
            RunStep.Basis source,
            boolean evicted,
            SequencedMap<String, Digest> outputs,
            Value.Fields annotations,
            int warnings,
            Instant createdAt) {
        CachedValue {
            outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        }
    }

    /** Who makes the value of a key. */
    record Lease(String run, String step, int number) {}

    void insert(SqlTx tx, Digest key, Attempt attempt, Outcome outcome, Duration took, Instant now)
            throws SQLException {
        tx.update(
                """
                INSERT INTO cache_value (workspace, key, attempt, run, step, state, outputs, annotations, warnings,
                    duration_micros, version, created_at, changed_at)
                VALUES (?, ?, ?, ?, ?, 'VALID', ?, ?, ?, ?, 0, ?, ?)""",
                attempt.step().workspace(),
                key,
                attempt.id(),
                attempt.step().run(),
                attempt.step().step(),
                Outcome.outputsText(outcome.outputs()),
                CanonicalJson.text(outcome.annotations()),
                outcome.warnings(),
                took.toNanos() / 1000,
                now,
                now);
    }

    /** The values of a key, newest first. */
    List<CachedValue> values(SqlTx tx, WorkspaceName workspace, Digest key, int limit) throws SQLException {
        return tx.query(
                """
                SELECT attempt, run, step, state, outputs, annotations, warnings, created_at FROM cache_value
                WHERE workspace = ? AND key = ? ORDER BY created_at DESC, attempt DESC LIMIT ?""",
                row -> new CachedValue(
                        key,
                        row.text("attempt"),
                        new RunStep.Basis(row.text("run"), row.text("step")),
                        row.text("state").equals("EVICTED"),
                        Outcome.outputsOf(row.text("outputs")),
                        Json.parseFields(row.text("annotations")),
                        row.integer("warnings"),
                        row.instant("created_at")),
                workspace,
                key,
                limit);
    }

    /** Who made the newest value of a key. */
    Optional<String> newest(SqlTx tx, WorkspaceName workspace, Digest key) throws SQLException {
        return tx.first(
                "SELECT attempt FROM cache_value WHERE workspace = ? AND key = ? ORDER BY created_at DESC, attempt DESC LIMIT 1",
                row -> row.text("attempt"),
                workspace,
                key);
    }

    void evict(SqlTx tx, WorkspaceName workspace, CachedValue value, Instant now) throws SQLException {
        tx.update("""
                UPDATE cache_value SET state = 'EVICTED', version = version + 1, changed_at = ?
                WHERE workspace = ? AND key = ? AND attempt = ?""", now, workspace, value.key(), value.attempt());
    }

    /**
     * Takes the lease of a key or counts the caller among those who wait for it. Holds the lease's row until the
     * transaction ends, so that it is not given back in between.
     *
     * @return who has it now
     */
    Lease lease(SqlTx tx, Digest key, StepRef step, int number, Instant now) throws SQLException {
        return tx.first(
                        """
                        INSERT INTO cache_lease (workspace, key, run, step, number, waiters, created_at)
                        VALUES (?, ?, ?, ?, ?, 0, ?)
                        ON CONFLICT (workspace, key) DO UPDATE SET waiters = cache_lease.waiters + 1
                        RETURNING run, step, number""",
                        row -> new Lease(row.text("run"), row.text("step"), row.integer("number")),
                        step.workspace(),
                        key,
                        step.run(),
                        step.step(),
                        number,
                        now)
                .orElseThrow();
    }

    /** Gives the lease back, and says whether somebody waits for it. Nothing happens when another one holds it. */
    boolean release(SqlTx tx, Digest key, StepRef step) throws SQLException {
        return tx.first("""
                        DELETE FROM cache_lease WHERE workspace = ? AND key = ? AND run = ? AND step = ?
                        RETURNING waiters""", row -> row.whole("waiters") > 0, step.workspace(), key, step.run(), step.step())
                .orElse(false);
    }

    /** Who makes the value of a key, empty when nobody does. */
    Optional<Lease> holder(SqlTx tx, WorkspaceName workspace, Digest key) throws SQLException {
        return tx.first(
                "SELECT run, step, number FROM cache_lease WHERE workspace = ? AND key = ?",
                row -> new Lease(row.text("run"), row.text("step"), row.integer("number")),
                workspace,
                key);
    }

    boolean leased(SqlTx tx, WorkspaceName workspace, Digest key) throws SQLException {
        return tx.exists("SELECT 1 FROM cache_lease WHERE workspace = ? AND key = ?", workspace, key);
    }
}
