package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import dev.esteira.tracking.SearchStore.KeyTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of experiments and their tags. Stateless. */
final class ExperimentStore {

    private static final String COLUMNS =
            "e.experiment_id, e.name, e.artifact_location, e.lifecycle, e.created, e.changed";

    private static final SearchStore SEARCH = new SearchStore(
            Map.of("name", "e.name"),
            Map.of(
                    "experiment_id",
                    "e.experiment_id",
                    "creation_time",
                    "(e.created / 1000)",
                    "last_update_time",
                    "(e.changed / 1000)",
                    "created",
                    "(e.created / 1000)"),
            tags(),
            "experiment");

    private static Map<String, KeyTable> tags() {
        var table = new KeyTable(
                "experiment_tag",
                "t.workspace = e.workspace AND t.experiment_id = e.experiment_id",
                "tag_key",
                "tag_value",
                false);
        return Map.of("tag", table, "tags", table);
    }

    long nextNumber(SqlTx tx, String name) throws SQLException {
        return tx.whole(
                "UPDATE number_source SET last_number = last_number + 1 WHERE workspace = ? AND name = ?"
                        + " RETURNING last_number",
                WorkspaceName.DEFAULT,
                name);
    }

    /** Adds an experiment unless its name is taken. */
    boolean insert(SqlTx tx, WorkspaceName workspace, Experiment experiment) throws SQLException {
        return tx.update(
                        "INSERT INTO experiment (workspace, experiment_id, name, artifact_location, lifecycle, version,"
                                + " created, changed) VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING",
                        workspace,
                        experiment.id(),
                        experiment.name(),
                        experiment.artifactLocation(),
                        experiment.lifecycle(),
                        experiment.created(),
                        experiment.changed())
                == 1;
    }

    Optional<Experiment> byId(SqlTx tx, WorkspaceName workspace, long id) throws SQLException {
        var found = tx.first(
                "SELECT " + COLUMNS + " FROM experiment e WHERE e.workspace = ? AND e.experiment_id = ?",
                ExperimentStore::experiment,
                workspace,
                id);
        return found.isEmpty() ? found : Optional.of(withTags(tx, workspace, found.get()));
    }

    Optional<Experiment> byName(SqlTx tx, WorkspaceName workspace, String name) throws SQLException {
        var found = tx.first(
                "SELECT " + COLUMNS + " FROM experiment e WHERE e.workspace = ? AND e.name = ?",
                ExperimentStore::experiment,
                workspace,
                name);
        return found.isEmpty() ? found : Optional.of(withTags(tx, workspace, found.get()));
    }

    private static Experiment withTags(SqlTx tx, WorkspaceName workspace, Experiment bare) throws SQLException {
        var tags = tx.query(
                "SELECT tag_key, tag_value FROM experiment_tag WHERE workspace = ? AND experiment_id = ? ORDER BY tag_key",
                row -> new Tag(row.text("tag_key"), row.text("tag_value")),
                workspace,
                bare.id());
        return new Experiment(
                bare.id(),
                bare.name(),
                bare.artifactLocation(),
                bare.lifecycle(),
                tags,
                bare.created(),
                bare.changed());
    }

    boolean nameTaken(SqlTx tx, WorkspaceName workspace, String name) throws SQLException {
        return tx.exists("SELECT 1 FROM experiment WHERE workspace = ? AND name = ?", workspace, name);
    }

    void rename(SqlTx tx, WorkspaceName workspace, long id, String name, Instant now) throws SQLException {
        tx.update(
                "UPDATE experiment SET name = ?, changed = ?, version = version + 1 WHERE workspace = ? AND"
                        + " experiment_id = ?",
                name,
                now,
                workspace,
                id);
    }

    void setLifecycle(SqlTx tx, WorkspaceName workspace, long id, Lifecycle lifecycle, Instant now)
            throws SQLException {
        tx.update(
                "UPDATE experiment SET lifecycle = ?, changed = ?, version = version + 1 WHERE workspace = ? AND"
                        + " experiment_id = ?",
                lifecycle,
                now,
                workspace,
                id);
    }

    void setTags(SqlTx tx, WorkspaceName workspace, long id, List<Tag> tags) throws SQLException {
        tx.batch(
                "INSERT INTO experiment_tag (workspace, experiment_id, tag_key, tag_value) VALUES (?, ?, ?, ?) ON CONFLICT"
                        + " (workspace, experiment_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value",
                tags.stream()
                        .map(tag -> new Object[] {workspace, id, tag.key(), tag.value()})
                        .toList());
    }

    boolean deleteTag(SqlTx tx, WorkspaceName workspace, long id, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM experiment_tag WHERE workspace = ? AND experiment_id = ? AND tag_key = ?",
                        workspace,
                        id,
                        key)
                == 1;
    }

    /** The experiments of a search, in its order. */
    List<Experiment> search(SqlTx tx, WorkspaceName workspace, Search search) throws SQLException {
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
        search.view().ifPresent(arguments::add);
        arguments.addAll(conditions.arguments());
        arguments.add(search.limit());
        arguments.add(search.offset());
        var bare = tx.query(
                "SELECT " + COLUMNS + " FROM experiment e" + joins + " WHERE e.workspace = ?"
                        + (search.view().isPresent() ? " AND e.lifecycle = ?" : "") + conditions.text() + " ORDER BY "
                        + orders + "e.created DESC, e.experiment_id ASC LIMIT ? OFFSET ?",
                ExperimentStore::experiment,
                arguments.toArray());
        var experiments = new ArrayList<Experiment>(bare.size());
        for (var experiment : bare) {
            experiments.add(withTags(tx, workspace, experiment));
        }
        return experiments;
    }

    private static Experiment experiment(Row row) throws SQLException {
        return new Experiment(
                row.whole("experiment_id"),
                row.text("name"),
                row.text("artifact_location"),
                Lifecycle.valueOf(row.text("lifecycle")),
                List.of(),
                row.instant("created"),
                row.instant("changed"));
    }
}
