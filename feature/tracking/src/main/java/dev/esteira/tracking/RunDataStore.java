package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.RowMapper;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of what runs logged: params, tags, metrics, data sets, models. Stateless. */
final class RunDataStore {

    /** How many runs are read by one statement. */
    private static final int RUNS_AT_ONCE = 100;

    /** Adds params and says which of them have another value already. */
    List<Param> addParams(SqlTx tx, WorkspaceName workspace, long run, List<Param> params) throws SQLException {
        var added = tx.batch(
                "INSERT INTO run_param (workspace, run_number, param_key, param_value) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                params.stream()
                        .map(param -> new Object[] {workspace, run, param.key(), param.value()})
                        .toList());
        if (added == params.size()) {
            return List.of();
        }
        var kept = new HashMap<String, String>();
        tx.forEach(
                "SELECT param_key, param_value FROM run_param WHERE workspace = ? AND run_number = ?",
                row -> kept.put(row.text("param_key"), row.text("param_value")),
                workspace,
                run);
        return params.stream()
                .filter(param -> !param.value().equals(kept.get(param.key())))
                .map(param -> new Param(param.key(), kept.getOrDefault(param.key(), "")))
                .toList();
    }

    void setTags(SqlTx tx, WorkspaceName workspace, long run, List<Tag> tags) throws SQLException {
        tx.batch(
                "INSERT INTO run_tag (workspace, run_number, tag_key, tag_value) VALUES (?, ?, ?, ?) ON CONFLICT"
                        + " (workspace, run_number, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                tags.stream()
                        .map(tag -> new Object[] {workspace, run, tag.key(), tag.value()})
                        .toList());
    }

    boolean deleteTag(SqlTx tx, WorkspaceName workspace, long run, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM run_tag WHERE workspace = ? AND run_number = ? AND tag_key = ?",
                        workspace,
                        run,
                        key)
                == 1;
    }

    Optional<String> tag(SqlTx tx, WorkspaceName workspace, long run, String key) throws SQLException {
        return tx.first(
                "SELECT tag_value FROM run_tag WHERE workspace = ? AND run_number = ? AND tag_key = ?",
                row -> row.text("tag_value"),
                workspace,
                run,
                key);
    }

    /** Adds points; one that is there already is there once. Keeps the latest value of each key. */
    void addMetrics(SqlTx tx, WorkspaceName workspace, long run, List<Metric> metrics) throws SQLException {
        tx.batch(
                "INSERT INTO metric_point (workspace, run_number, metric_key, logged_millis, step, metric_value, is_nan)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                metrics.stream().map(metric -> point(workspace, run, metric)).toList());
        var latest = new LinkedHashMap<String, Metric>();
        for (var metric : metrics) {
            latest.merge(metric.key(), metric, (a, b) -> Metric.LATEST.compare(b, a) > 0 ? b : a);
        }
        tx.batch(
                "INSERT INTO run_metric (workspace, run_number, metric_key, logged_millis, step, metric_value, is_nan)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, run_number, metric_key) DO UPDATE SET"
                        + " logged_millis = excluded.logged_millis, step = excluded.step,"
                        + " metric_value = excluded.metric_value, is_nan = excluded.is_nan"
                        + " WHERE (excluded.step, excluded.logged_millis, excluded.metric_value)"
                        + " > (run_metric.step, run_metric.logged_millis, run_metric.metric_value)",
                latest.values().stream()
                        .map(metric -> point(workspace, run, metric))
                        .toList());
    }

    private static Object[] point(WorkspaceName workspace, long run, Metric metric) {
        return new Object[] {
            workspace, run, metric.key(), metric.loggedMillis(), metric.step(), metric.storedValue(), metric.nan()
        };
    }

    /**
     * The history of a key by timestamp, step and value.
     *
     * @param after the last point of the page before
     */
    List<Metric> history(SqlTx tx, WorkspaceName workspace, long run, String key, Optional<Metric> after, int limit)
            throws SQLException {
        var select =
                "SELECT metric_key, logged_millis, step, metric_value, is_nan FROM metric_point WHERE workspace = ?"
                        + " AND run_number = ? AND metric_key = ?";
        var order = " ORDER BY logged_millis, step, metric_value, is_nan LIMIT ?";
        if (after.isEmpty()) {
            return tx.query(select + order, RunDataStore::metric, workspace, run, key, limit);
        }
        var last = after.get();
        return tx.query(
                select + " AND (logged_millis, step, metric_value, is_nan) > (?, ?, ?, ?)" + order,
                RunDataStore::metric,
                workspace,
                run,
                key,
                last.loggedMillis(),
                last.step(),
                last.storedValue(),
                last.nan(),
                limit);
    }

    void addDatasets(SqlTx tx, WorkspaceName workspace, long run, List<DatasetInput> inputs) throws SQLException {
        tx.batch(
                "INSERT INTO dataset_input (workspace, run_number, name, digest, source_type, source, schema_text,"
                        + " profile_text, context) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                inputs.stream()
                        .map(input -> new Object[] {
                            workspace,
                            run,
                            input.name(),
                            input.digest(),
                            input.sourceType(),
                            input.source(),
                            input.schema(),
                            input.profile(),
                            input.context()
                        })
                        .toList());
    }

    void linkModels(SqlTx tx, WorkspaceName workspace, long run, List<ModelLink> links) throws SQLException {
        tx.batch(
                "INSERT INTO run_model (workspace, run_number, direction, model_id, step) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (workspace, run_number, direction, model_id) DO UPDATE SET step = excluded.step",
                links.stream()
                        .map(link -> new Object[] {workspace, run, link.direction(), link.modelId(), link.step()})
                        .toList());
    }

    void addModelMetrics(SqlTx tx, WorkspaceName workspace, String runId, List<ModelMetric> metrics)
            throws SQLException {
        tx.batch(
                "INSERT INTO logged_model_metric (workspace, model_id, metric_key, logged_millis, step, metric_value,"
                        + " is_nan, run_id, dataset_name, dataset_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                metrics.stream()
                        .map(m -> new Object[] {
                            workspace,
                            m.modelId(),
                            m.metric().key(),
                            m.metric().loggedMillis(),
                            m.metric().step(),
                            m.metric().storedValue(),
                            m.metric().nan(),
                            runId,
                            m.datasetName(),
                            m.datasetDigest()
                        })
                        .toList());
    }

    /** The runs with all that they logged, in the order of the rows. */
    List<Run> withData(SqlTx tx, WorkspaceName workspace, List<RunRow> rows) throws SQLException {
        var runs = new ArrayList<Run>(rows.size());
        for (var from = 0; from < rows.size(); from += RUNS_AT_ONCE) {
            runs.addAll(some(tx, workspace, rows.subList(from, Math.min(rows.size(), from + RUNS_AT_ONCE))));
        }
        return runs;
    }

    private static List<Run> some(SqlTx tx, WorkspaceName workspace, List<RunRow> rows) throws SQLException {
        var numbers = rows.stream().map(RunRow::number).toList();
        var metrics = byRun(tx, workspace, numbers, "run_metric", "metric_key", RunDataStore::metric);
        var params = byRun(
                tx,
                workspace,
                numbers,
                "run_param",
                "param_key",
                row -> new Param(row.text("param_key"), row.text("param_value")));
        var tags = byRun(
                tx,
                workspace,
                numbers,
                "run_tag",
                "tag_key",
                row -> new Tag(row.text("tag_key"), row.text("tag_value")));
        var datasets = byRun(tx, workspace, numbers, "dataset_input", "name, digest", RunDataStore::dataset);
        var models = byRun(
                tx,
                workspace,
                numbers,
                "run_model",
                "step, model_id",
                row -> new ModelLink(
                        ModelLink.Direction.valueOf(row.text("direction")), row.text("model_id"), row.whole("step")));
        return rows.stream()
                .map(row -> new Run(
                        row.info(),
                        metrics.getOrDefault(row.number(), List.of()),
                        params.getOrDefault(row.number(), List.of()),
                        tags.getOrDefault(row.number(), List.of()),
                        datasets.getOrDefault(row.number(), List.of()),
                        models.getOrDefault(row.number(), List.of())))
                .toList();
    }

    private static <T> Map<Long, List<T>> byRun(
            SqlTx tx, WorkspaceName workspace, List<Long> numbers, String table, String order, RowMapper<T> mapper)
            throws SQLException {
        // One run or a full page, so that there are two statements and not a hundred.
        var places = numbers.size() == 1 ? 1 : RUNS_AT_ONCE;
        var arguments = new ArrayList<Object>(places + 1);
        arguments.add(workspace);
        arguments.addAll(numbers);
        Collection<Long> rest = Collections.nCopies(places - numbers.size(), numbers.getLast());
        arguments.addAll(rest);
        var found = new HashMap<Long, List<T>>();
        tx.forEach(
                "SELECT * FROM " + table + " WHERE workspace = ? AND run_number IN ("
                        + String.join(", ", Collections.nCopies(places, "?")) + ") ORDER BY run_number, " + order,
                row -> found.computeIfAbsent(row.whole("run_number"), number -> new ArrayList<>())
                        .add(mapper.map(row)),
                arguments.toArray());
        return found;
    }

    private static Metric metric(Row row) throws SQLException {
        return Metric.ofStored(
                row.text("metric_key"),
                row.number("metric_value"),
                row.flag("is_nan"),
                row.whole("logged_millis"),
                row.whole("step"));
    }

    private static DatasetInput dataset(Row row) throws SQLException {
        return new DatasetInput(
                row.text("name"),
                row.text("digest"),
                row.text("source_type"),
                row.text("source"),
                row.optionalText("schema_text"),
                row.optionalText("profile_text"),
                row.optionalText("context"));
    }
}
