package dev.esteira.dataset;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Commit;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of data sets. */
final class DatasetStore {

    private static final String COLUMNS =
            "digest, row_count, column_count, size, first_run, first_step, first_output, created";

    void record(SqlTx tx, Commit commit) throws SQLException {
        var artifact = commit.artifact();
        tx.update(
                """
                INSERT INTO dataset_version (workspace, digest, row_count, column_count, size, first_run, first_step,
                    first_output, version, created, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING""",
                commit.workspace(),
                artifact.digest(),
                artifact.summary().whole("rows").orElse(0L),
                artifact.summary().whole("columns").orElse(0L),
                artifact.size(),
                commit.run(),
                commit.step(),
                commit.output(),
                commit.at(),
                commit.at());
        tx.update(
                """
                INSERT INTO dataset_output (workspace, run, step, output, digest, pipeline, cached, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                commit.workspace(),
                commit.run(),
                commit.step(),
                commit.output(),
                artifact.digest(),
                commit.pipeline(),
                commit.cached(),
                commit.at());
        for (var input : commit.inputs().entrySet()) {
            tx.update(
                    """
                    INSERT INTO dataset_origin (workspace, run, step, input, type, digest, created)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    commit.workspace(),
                    commit.run(),
                    commit.step(),
                    input.getKey(),
                    input.getValue().type().text(),
                    input.getValue().digest(),
                    commit.at());
        }
    }

    /** The newest first, those of one moment by digest. */
    List<DatasetVersion> newest(SqlTx tx, WorkspaceName workspace, int limit) throws SQLException {
        return tx.query(
                "SELECT " + COLUMNS
                        + " FROM dataset_version WHERE workspace = ? ORDER BY created DESC, digest DESC LIMIT ?",
                DatasetStore::version,
                workspace,
                limit);
    }

    List<DatasetVersion> olderThan(SqlTx tx, WorkspaceName workspace, Instant created, String digest, int limit)
            throws SQLException {
        return tx.query(
                "SELECT " + COLUMNS
                        + " FROM dataset_version WHERE workspace = ? AND (created < ? OR (created = ? AND digest < ?))"
                        + " ORDER BY created DESC, digest DESC LIMIT ?",
                DatasetStore::version,
                workspace,
                created,
                created,
                digest,
                limit);
    }

    Optional<DatasetVersion> find(SqlTx tx, WorkspaceName workspace, Digest digest) throws SQLException {
        return tx.first(
                "SELECT " + COLUMNS + " FROM dataset_version WHERE workspace = ? AND digest = ?",
                DatasetStore::version,
                workspace,
                digest);
    }

    private static DatasetVersion version(Row row) throws SQLException {
        return new DatasetVersion(
                row.digest("digest"),
                row.whole("row_count"),
                row.whole("column_count"),
                row.whole("size"),
                new DatasetVersion.Place(row.text("first_run"), row.text("first_step"), row.text("first_output")),
                row.instant("created"));
    }
}
