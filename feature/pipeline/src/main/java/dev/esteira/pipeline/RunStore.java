package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Rows of runs, their files and their events. */
final class RunStore {

    /**
     * What a run was submitted with.
     *
     * @param document the text of the pipeline file
     * @param idempotencyKey by which the same submission is known again
     * @param requestDigest by which another submission under the same key is told apart
     */
    record Submitted(String document, Optional<String> idempotencyKey, Digest requestDigest) {}

    /** A file of the bundle. */
    record BundleFile(String path, Digest digest, long size) {}

    void insert(SqlTx tx, PipelineRun run, Submitted submitted) throws SQLException {
        tx.update(
                """
                INSERT INTO pipeline_run (workspace, id, pipeline, file_name, document, params, seed, origin, root,
                    idempotency_key, request_digest, state, reason, open_steps, warnings, last_seq, version,
                    created_at, started_at, ended_at, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)""",
                run.workspace(),
                run.id(),
                run.pipeline(),
                run.fileName(),
                submitted.document(),
                CanonicalJson.text(run.params()),
                run.seed(),
                run.origin(),
                run.root(),
                submitted.idempotencyKey(),
                submitted.requestDigest(),
                run.state(),
                run.reason(),
                run.openSteps(),
                run.warnings(),
                run.lastSeq(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.createdAt());
    }

    void insertFiles(SqlTx tx, RunRef run, List<BundleFile> files, Instant now) throws SQLException {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var file : files) {
            rows.add(new Object[] {run.workspace(), run.run(), file.path(), file.digest(), file.size(), now});
        }
        tx.batch(
                "INSERT INTO pipeline_file (workspace, run, path, digest, size, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                rows);
    }

    SequencedMap<String, BundleFile> files(SqlTx tx, RunRef run) throws SQLException {
        var files = new LinkedHashMap<String, BundleFile>();
        tx.forEach(
                "SELECT path, digest, size FROM pipeline_file WHERE workspace = ? AND run = ? ORDER BY path",
                row -> files.put(
                        row.text("path"), new BundleFile(row.text("path"), row.digest("digest"), row.whole("size"))),
                run.workspace(),
                run.run());
        return files;
    }

    /** Takes the run for this transaction: on PostgreSQL everyone else who wants to change it waits. */
    Optional<PipelineRun> lock(SqlTx tx, RunRef run) throws SQLException {
        return tx.first(
                "UPDATE pipeline_run SET version = version + 1 WHERE workspace = ? AND id = ? RETURNING *",
                RunStore::run,
                run.workspace(),
                run.run());
    }

    Optional<PipelineRun> find(SqlTx tx, RunRef run) throws SQLException {
        return tx.first(
                "SELECT * FROM pipeline_run WHERE workspace = ? AND id = ?", RunStore::run, run.workspace(), run.run());
    }

    /** The text of the pipeline file of a run. */
    Optional<String> document(SqlTx tx, RunRef run) throws SQLException {
        return tx.first(
                "SELECT document FROM pipeline_run WHERE workspace = ? AND id = ?",
                row -> row.text("document"),
                run.workspace(),
                run.run());
    }

    /** The run that an idempotency key made, with the digest of its submission. */
    Optional<Known> byIdempotencyKey(SqlTx tx, WorkspaceName workspace, String key) throws SQLException {
        return tx.first(
                "SELECT * FROM pipeline_run WHERE workspace = ? AND idempotency_key = ?",
                row -> new Known(run(row), row.digest("request_digest")),
                workspace,
                key);
    }

    /** A run and what was asked for when it was made. */
    record Known(PipelineRun run, Digest requestDigest) {}

    /** Runs of a workspace, latest first, those older than a given id. */
    List<PipelineRun> page(SqlTx tx, WorkspaceName workspace, String before, int limit) throws SQLException {
        return tx.query(
                "SELECT * FROM pipeline_run WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?",
                RunStore::run,
                workspace,
                before,
                limit);
    }

    /** All runs that have not ended, oldest first. */
    List<PipelineRun> unended(SqlTx tx) throws SQLException {
        return tx.query("""
                SELECT * FROM pipeline_run
                WHERE state IN ('CREATED', 'QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING') ORDER BY id""", RunStore::run);
    }

    void update(SqlTx tx, PipelineRun run, Instant now) throws SQLException {
        tx.update(
                """
                UPDATE pipeline_run SET state = ?, reason = ?, open_steps = ?, warnings = ?, last_seq = ?,
                    started_at = ?, ended_at = ?, changed_at = ?
                WHERE workspace = ? AND id = ?""",
                run.state(),
                run.reason(),
                run.openSteps(),
                run.warnings(),
                run.lastSeq(),
                run.startedAt(),
                run.endedAt(),
                now,
                run.workspace(),
                run.id());
    }

    void insertEvents(SqlTx tx, RunRef run, List<RunEvent> events) throws SQLException {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var event : events) {
            rows.add(new Object[] {
                run.workspace(),
                run.run(),
                event.seq(),
                event.at(),
                event.type(),
                event.step(),
                CanonicalJson.text(event.body())
            });
        }
        tx.batch(
                "INSERT INTO pipeline_event (workspace, run, seq, at, type, step, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    List<RunEvent> events(SqlTx tx, RunRef run, long after, int limit) throws SQLException {
        return tx.query(
                """
                SELECT seq, at, type, step, body FROM pipeline_event
                WHERE workspace = ? AND run = ? AND seq > ? ORDER BY seq LIMIT ?""",
                row -> new RunEvent(
                        row.whole("seq"),
                        row.instant("at"),
                        row.text("type"),
                        row.optionalText("step"),
                        Json.parseFields(row.text("body"))),
                run.workspace(),
                run.run(),
                after,
                limit);
    }

    static PipelineRun run(Row row) throws SQLException {
        Value.Fields params = Json.parseFields(row.text("params"));
        return new PipelineRun(
                new WorkspaceName(row.text("workspace")),
                row.text("id"),
                row.text("pipeline"),
                row.text("file_name"),
                params,
                row.whole("seed"),
                row.optionalText("origin"),
                row.text("root"),
                RunState.valueOf(row.text("state")),
                row.optionalText("reason"),
                row.integer("open_steps"),
                row.integer("warnings"),
                row.whole("last_seq"),
                row.instant("created_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"));
    }
}
