package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of logged models. Stateless. */
final class LoggedModelStore {

    private static final String COLUMNS =
            "m.model_id, m.experiment_id, m.name, m.model_type, m.source_run_id, m.status,"
                    + " m.status_message, m.artifact_uri, m.created, m.changed";

    private static final String JOIN = "t.workspace = m.workspace AND t.model_id = m.model_id";

    private static final SearchStore SEARCH = new SearchStore(
            Map.of(
                    "name", "m.name",
                    "model_id", "m.model_id",
                    "model_type", "m.model_type",
                    "status", "m.status",
                    "source_run_id", "m.source_run_id"),
            Map.of(
                    "creation_time", "(m.created / 1000)",
                    "creation_timestamp", "(m.created / 1000)",
                    "last_updated_timestamp", "(m.changed / 1000)"),
            Map.of(
                    "metrics",
                    new SearchStore.KeyTable("logged_model_metric", JOIN, "metric_key", "metric_value", true),
                    "params",
                    new SearchStore.KeyTable("logged_model_param", JOIN, "param_key", "param_value", false),
                    "tags",
                    new SearchStore.KeyTable("logged_model_tag", JOIN, "tag_key", "tag_value", false)),
            "model");

    void insert(SqlTx tx, WorkspaceName workspace, LoggedModel model) throws SQLException {
        tx.update(
                "INSERT INTO logged_model (workspace, model_id, experiment_id, name, model_type, source_run_id, status,"
                        + " status_message, artifact_uri, lifecycle, version, created, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ACTIVE', 1, ?, ?)",
                workspace,
                model.id(),
                model.experimentId(),
                model.name(),
                model.modelType(),
                model.sourceRunId(),
                model.status(),
                model.statusMessage(),
                model.artifactUri(),
                model.created(),
                model.changed());
    }

    Optional<LoggedModel> find(SqlTx tx, WorkspaceName workspace, String id) throws SQLException {
        var found = tx.first(
                "SELECT " + COLUMNS + " FROM logged_model m WHERE m.workspace = ? AND m.model_id = ? AND m.lifecycle ="
                        + " 'ACTIVE'",
                LoggedModelStore::bare,
                workspace,
                id);
        return found.isEmpty() ? found : Optional.of(withData(tx, workspace, found.get()));
    }

    void setStatus(SqlTx tx, WorkspaceName workspace, String id, LoggedModel.Status status, String message, Instant now)
            throws SQLException {
        tx.update(
                "UPDATE logged_model SET status = ?, status_message = ?, changed = ?, version = version + 1"
                        + " WHERE workspace = ? AND model_id = ?",
                status,
                message,
                now,
                workspace,
                id);
    }

    void delete(SqlTx tx, WorkspaceName workspace, String id, Instant now) throws SQLException {
        tx.update(
                "UPDATE logged_model SET lifecycle = 'DELETED', changed = ?, version = version + 1 WHERE workspace = ?"
                        + " AND model_id = ?",
                now,
                workspace,
                id);
    }

    void addParams(SqlTx tx, WorkspaceName workspace, String id, List<Param> params) throws SQLException {
        tx.batch(
                "INSERT INTO logged_model_param (workspace, model_id, param_key, param_value) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                params.stream()
                        .map(param -> new Object[] {workspace, id, param.key(), param.value()})
                        .toList());
    }

    void setTags(SqlTx tx, WorkspaceName workspace, String id, List<Tag> tags) throws SQLException {
        tx.batch(
                "INSERT INTO logged_model_tag (workspace, model_id, tag_key, tag_value) VALUES (?, ?, ?, ?) ON CONFLICT"
                        + " (workspace, model_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                tags.stream()
                        .map(tag -> new Object[] {workspace, id, tag.key(), tag.value()})
                        .toList());
    }

    boolean deleteTag(SqlTx tx, WorkspaceName workspace, String id, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM logged_model_tag WHERE workspace = ? AND model_id = ? AND tag_key = ?",
                        workspace,
                        id,
                        key)
                == 1;
    }

    /** The active models of a search in some experiments, in its order, else newest first. */
    List<LoggedModel> search(SqlTx tx, WorkspaceName workspace, List<Long> experiments, Search search)
            throws SQLException {
        if (experiments.isEmpty()) {
            return List.of();
        }
        var conditions = SEARCH.conditions(search.comparisons(), tx.dialect());
        var orders = new StringBuilder();
        for (var order : search.orders()) {
            var key = SEARCH.sortKey(order, 0);
            if (!key.join().text().isEmpty()) {
                throw TrackingRules.invalid("Logged models are sorted by attributes, not by '" + order.key() + "'.");
            }
            orders.append(key.clause()).append(", ");
        }
        var arguments = new ArrayList<Object>();
        arguments.add(workspace);
        arguments.addAll(experiments);
        arguments.addAll(conditions.arguments());
        arguments.add(search.limit());
        arguments.add(search.offset());
        var bare = tx.query(
                "SELECT " + COLUMNS + " FROM logged_model m WHERE m.workspace = ? AND m.experiment_id IN ("
                        + String.join(", ", Collections.nCopies(experiments.size(), "?"))
                        + ") AND m.lifecycle = 'ACTIVE'"
                        + conditions.text() + " ORDER BY " + orders + "m.created DESC, m.model_id LIMIT ? OFFSET ?",
                LoggedModelStore::bare,
                arguments.toArray());
        var models = new ArrayList<LoggedModel>(bare.size());
        for (var model : bare) {
            models.add(withData(tx, workspace, model));
        }
        return models;
    }

    private static LoggedModel bare(Row row) throws SQLException {
        return new LoggedModel(
                row.text("model_id"),
                row.whole("experiment_id"),
                row.text("name"),
                row.text("model_type"),
                row.text("source_run_id"),
                LoggedModel.Status.valueOf(row.text("status")),
                row.text("status_message"),
                row.text("artifact_uri"),
                List.of(),
                List.of(),
                List.of(),
                row.instant("created"),
                row.instant("changed"));
    }

    private static LoggedModel withData(SqlTx tx, WorkspaceName workspace, LoggedModel model) throws SQLException {
        var params = tx.query(
                "SELECT param_key, param_value FROM logged_model_param WHERE workspace = ? AND model_id = ? ORDER BY"
                        + " param_key",
                row -> new Param(row.text("param_key"), row.text("param_value")),
                workspace,
                model.id());
        var tags = tx.query(
                "SELECT tag_key, tag_value FROM logged_model_tag WHERE workspace = ? AND model_id = ? ORDER BY tag_key",
                row -> new Tag(row.text("tag_key"), row.text("tag_value")),
                workspace,
                model.id());
        return new LoggedModel(
                model.id(),
                model.experimentId(),
                model.name(),
                model.modelType(),
                model.sourceRunId(),
                model.status(),
                model.statusMessage(),
                model.artifactUri(),
                params,
                tags,
                latestMetrics(tx, workspace, model.id()),
                model.created(),
                model.changed());
    }

    private static List<ModelMetric> latestMetrics(SqlTx tx, WorkspaceName workspace, String id) throws SQLException {
        record Key(String metric, String dataset, String digest) {}
        var latest = new LinkedHashMap<Key, ModelMetric>();
        tx.forEach(
                "SELECT * FROM logged_model_metric WHERE workspace = ? AND model_id = ? ORDER BY metric_key",
                row -> {
                    var metric = modelMetric(row);
                    latest.merge(
                            new Key(metric.metric().key(), metric.datasetName(), metric.datasetDigest()),
                            metric,
                            (a, b) -> Metric.LATEST.compare(b.metric(), a.metric()) > 0 ? b : a);
                },
                workspace,
                id);
        return List.copyOf(latest.values());
    }

    private static ModelMetric modelMetric(Row row) throws SQLException {
        var metric = Metric.ofStored(
                row.text("metric_key"),
                row.number("metric_value"),
                row.flag("is_nan"),
                row.whole("logged_millis"),
                row.whole("step"));
        return new ModelMetric(metric, row.text("model_id"), row.text("dataset_name"), row.text("dataset_digest"));
    }
}
