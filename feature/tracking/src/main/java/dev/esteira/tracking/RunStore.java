package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import dev.esteira.tracking.SearchStore.KeyTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of runs. Stateless. */
final class RunStore {

    private static final String COLUMNS = "r.run_number, r.run_id, r.experiment_id, r.name, r.user_id, r.status,"
            + " r.lifecycle, r.start_millis, r.end_millis, r.artifact_uri";

    private static final String JOIN = "t.workspace = r.workspace AND t.run_number = r.run_number";

    private static final SearchStore SEARCH = new SearchStore(
            Map.of(
                    "run_id", "r.run_id",
                    "run_name", "r.name",
                    "run name", "r.name",
                    "Run name", "r.name",
                    "Run Name", "r.name",
                    "status", "r.status",
                    "user_id", "r.user_id",
                    "artifact_uri", "r.artifact_uri"),
            Map.of(
                    "start_time", "r.start_millis",
                    "end_time", "r.end_millis",
                    "created", "r.start_millis",
                    "Created", "r.start_millis"),
            tables(),
            "run");

    private static Map<String, KeyTable> tables() {
        var metric = new KeyTable("run_metric", JOIN, "metric_key", "metric_value", true);
        var param = new KeyTable("run_param", JOIN, "param_key", "param_value", false);
        var tag = new KeyTable("run_tag", JOIN, "tag_key", "tag_value", false);
        var tables = new HashMap<String, KeyTable>();
        tables.put("metric", metric);
        tables.put("metrics", metric);
        tables.put("param", param);
        tables.put("params", param);
        tables.put("parameter", param);
        tables.put("parameters", param);
        tables.put("tag", tag);
        tables.put("tags", tag);
        return tables;
    }

    /** Adds a run unless there is one of that id. */
    boolean insert(SqlTx tx, WorkspaceName workspace, RunRow row, Instant now) throws SQLException {
        var info = row.info();
        return tx.update(
                        "INSERT INTO run (workspace, run_number, run_id, experiment_id, name, user_id, status, lifecycle,"
                                + " start_millis, end_millis, artifact_uri, version, created, changed)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING",
                        workspace,
                        row.number(),
                        info.runId(),
                        info.experimentId(),
                        info.name(),
                        info.userId(),
                        info.status(),
                        info.lifecycle(),
                        info.startMillis(),
                        info.endMillis(),
                        info.artifactUri(),
                        now,
                        now)
                == 1;
    }

    Optional<RunRow> find(SqlTx tx, WorkspaceName workspace, String runId) throws SQLException {
        return tx.first(
                "SELECT " + COLUMNS + " FROM run r WHERE r.workspace = ? AND r.run_id = ?",
                RunStore::row,
                workspace,
                runId);
    }

    /** Writes what may change of a run. */
    void update(SqlTx tx, WorkspaceName workspace, RunRow row, Instant now) throws SQLException {
        tx.update(
                "UPDATE run SET name = ?, status = ?, lifecycle = ?, end_millis = ?, changed = ?, version = version + 1"
                        + " WHERE workspace = ? AND run_number = ?",
                row.info().name(),
                row.info().status(),
                row.info().lifecycle(),
                row.info().endMillis(),
                now,
                workspace,
                row.number());
    }

    /** Deletes or restores every run of an experiment. */
    void setLifecycleOfAll(SqlTx tx, WorkspaceName workspace, long experimentId, Lifecycle lifecycle, Instant now)
            throws SQLException {
        tx.update(
                "UPDATE run SET lifecycle = ?, changed = ?, version = version + 1 WHERE workspace = ? AND"
                        + " experiment_id = ? AND lifecycle <> ?",
                lifecycle,
                now,
                workspace,
                experimentId,
                lifecycle);
    }

    /** The runs of a search in some experiments, in its order. */
    List<RunRow> search(SqlTx tx, WorkspaceName workspace, List<Long> experiments, Search search) throws SQLException {
        if (experiments.isEmpty()) {
            return List.of();
        }
        var conditions = SEARCH.conditions(search.comparisons(), tx.dialect());
        var joins = new StringBuilder();
        var orders = new StringBuilder();
        var arguments = new ArrayList<Object>();
        for (var position = 0; position < search.orders().size(); position++) {
            var key = SEARCH.sortKey(search.orders().get(position), position);
            joins.append(key.join().text());
            arguments.addAll(key.join().arguments());
            orders.append(key.clause()).append(", ");
        }
        arguments.add(workspace);
        arguments.addAll(experiments);
        search.view().ifPresent(arguments::add);
        arguments.addAll(conditions.arguments());
        arguments.add(search.limit());
        arguments.add(search.offset());
        var marks = String.join(", ", Collections.nCopies(experiments.size(), "?"));
        return tx.query(
                "SELECT " + COLUMNS + " FROM run r" + joins + " WHERE r.workspace = ? AND r.experiment_id IN (" + marks
                        + ")" + (search.view().isPresent() ? " AND r.lifecycle = ?" : "") + conditions.text()
                        + " ORDER BY " + orders + "r.start_millis DESC, r.run_id LIMIT ? OFFSET ?",
                RunStore::row,
                arguments.toArray());
    }

    private static RunRow row(Row row) throws SQLException {
        var info = new RunInfo(
                row.text("run_id"),
                row.whole("experiment_id"),
                row.text("name"),
                row.text("user_id"),
                RunStatus.valueOf(row.text("status")),
                Lifecycle.valueOf(row.text("lifecycle")),
                row.whole("start_millis"),
                row.optionalWhole("end_millis"),
                row.text("artifact_uri"));
        return new RunRow(row.whole("run_number"), info);
    }
}
