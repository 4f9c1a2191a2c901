package dev.esteira.quality;

import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Commit;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** What the checks of a pipeline found, the newest first, those after a place. */
    List<CheckResult> newest(
            SqlTx tx,
            WorkspaceName workspace,
            String pipeline,
            Optional<String> step,
            Optional<String> check,
            Optional<CheckResult.Place> after,
            int limit)
            throws SQLException {
        var conditions = new StringBuilder("workspace = ? AND pipeline = ?");
        var values = new ArrayList<@Nullable Object>(List.of(workspace, pipeline));
        step.ifPresent(name -> {
            conditions.append(" AND step = ?");
            values.add(name);
        });
        check.ifPresent(id -> {
            conditions.append(" AND check_id = ?");
            values.add(id);
        });
        after.ifPresent(place -> {
            conditions.append(" AND (created, run, step, check_id, input) < (?, ?, ?, ?, ?)");
            values.addAll(List.of(place.created(), place.run(), place.step(), place.check(), place.input()));
        });
        values.add(limit);
        return tx.query(
                "SELECT * FROM check_result WHERE " + conditions
                        + " ORDER BY created DESC, run DESC, step DESC, check_id DESC, input DESC LIMIT ?",
                CheckResultStore::result,
                values.toArray());
    }

    private static CheckResult result(Row row) throws SQLException {
        var place = new CheckResult.Place(
                row.instant("created"), row.text("run"), row.text("step"), row.text("check_id"), row.text("input"));
        return new CheckResult(
                row.text("pipeline"),
                place,
                row.text("kind"),
                row.text("severity"),
                row.text("verdict"),
                row.optionalNumber("figure"),
                row.flag("cached"));
    }
}
