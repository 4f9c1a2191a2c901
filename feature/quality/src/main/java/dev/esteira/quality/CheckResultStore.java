package dev.esteira.quality;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Commit;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;

/** Rows of what checks found. */
final class CheckResultStore {

    /** Adds a finding; the same finding of the same run once. */
    void record(SqlTx tx, Commit commit, Value.Fields item) throws SQLException {
        tx.update(
                """
                INSERT INTO check_result (workspace, pipeline, step, check_id, input, run, kind, severity, verdict,
                    figure, report, cached, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                commit.workspace(),
                commit.pipeline(),
                commit.step(),
                item.text("id").orElse(""),
                item.text("input").orElse(""),
                commit.run(),
                item.text("check").orElse(""),
                item.text("severity").orElse(""),
                item.text("verdict").orElse(""),
                item.number("value").orElse(null),
                commit.artifact().digest(),
                commit.cached(),
                commit.at());
    }
}
