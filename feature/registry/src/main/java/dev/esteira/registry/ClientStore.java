package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.SqlTx;
import dev.esteira.tracking.Comparison;
import dev.esteira.tracking.Search;
import dev.esteira.tracking.SearchStore;
import dev.esteira.tracking.Tag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows that only clients of MLflow's protocol change or search: tags, descriptions, deletions. */
final class ClientStore {

    private static final SearchStore MODELS = new SearchStore(
            Map.of("name", "m.name"),
            Map.of("last_updated_timestamp", "(m.changed / 1000)", "timestamp", "(m.changed / 1000)"),
            tags("m", "t.number = 0"),
            "model");

    private static final SearchStore VERSIONS = new SearchStore(
            Map.of("name", "m.name", "run_id", "m.tracked_run", "source_path", "m.source"),
            Map.of(
                    "version_number", "m.number",
                    "creation_timestamp", "(m.created / 1000)",
                    "last_updated_timestamp", "(m.changed / 1000)"),
            tags("m", "t.number = m.number"),
            "version");

    private static Map<String, SearchStore.KeyTable> tags(String rows, String number) {
        var join = "t.workspace = " + rows + ".workspace AND t.name = " + rows + ".name AND " + number;
        var table = new SearchStore.KeyTable("model_tag", join, "tag_key", "tag_value", false);
        return Map.of("tag", table, "tags", table);
    }

    /** The tag that clients mark the models with under which they keep prompts. */
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    /** A model's name and description, or a version's, as found. */
    record Found(String name, long number) {}

    List<Found> models(SqlTx tx, WorkspaceName workspace, Search search) throws SQLException {
        return find(tx, workspace, search, MODELS, "registered_model m", "0 AS number", "", "m.name");
    }

    List<Found> versions(SqlTx tx, WorkspaceName workspace, Search search) throws SQLException {
        return find(
                tx,
                workspace,
                search,
                VERSIONS,
                "model_version m",
                "m.number",
                " AND m.deleted = 0",
                "m.changed DESC, m.name, m.number DESC");
    }

    private static List<Found> find(
            SqlTx tx,
            WorkspaceName workspace,
            Search search,
            SearchStore fields,
            String table,
            String number,
            String condition,
            String lastOrder)
            throws SQLException {
        var comparisons = search.comparisons().stream()
                .filter(comparison -> !isAboutPrompts(comparison))
                .toList();
        var conditions = fields.conditions(comparisons, tx.dialect());
        var joins = new StringBuilder();
        var orders = new StringBuilder();
        var arguments = new ArrayList<Object>();
        for (var position = 0; position < search.orders().size(); position++) {
            var key = fields.sortKey(search.orders().get(position), position);
            joins.append(key.join().text());
            arguments.addAll(key.join().arguments());
            orders.append(key.clause()).append(", ");
        }
        arguments.add(workspace);
        arguments.addAll(conditions.arguments());
        arguments.add(search.limit());
        arguments.add(search.offset());
        return tx.query(
                "SELECT m.name, " + number + " FROM " + table + joins + " WHERE m.workspace = ?" + condition
                        + prompts(search) + conditions.text() + " ORDER BY " + orders + lastOrder + " LIMIT ? OFFSET ?",
                row -> new Found(row.text("name"), row.whole("number")),
                arguments.toArray());
    }

    private static boolean isAboutPrompts(Comparison comparison) {
        return comparison.entity().startsWith("tag") && comparison.key().equals(PROMPT);
    }

    /** Prompts and nothing else when the search asks for them, else none: a model without the tag is not a prompt. */
    private static String prompts(Search search) {
        var wanted = search.comparisons().stream()
                .filter(ClientStore::isAboutPrompts)
                .anyMatch(comparison -> switch (comparison.operator()) {
                    case EQUAL -> comparison.quotedText().equals("true");
                    case NOT_EQUAL -> comparison.quotedText().equals("false");
                    default -> false;
                });
        return " AND " + (wanted ? "" : "NOT ")
                + "EXISTS (SELECT 1 FROM model_tag p WHERE p.workspace = m.workspace AND p.name = m.name"
                + " AND p.tag_key = '" + PROMPT + "' AND p.tag_value = 'true')";
    }

    List<Tag> tags(SqlTx tx, WorkspaceName workspace, ModelName name, long number) throws SQLException {
        return tx.query(
                "SELECT tag_key, tag_value FROM model_tag WHERE workspace = ? AND name = ? AND number = ? ORDER BY tag_key",
                row -> new Tag(row.text("tag_key"), row.text("tag_value")),
                workspace,
                name.value(),
                number);
    }

    void setTags(SqlTx tx, WorkspaceName workspace, ModelName name, long number, List<Tag> tags, Instant at)
            throws SQLException {
        tx.batch(
                "INSERT INTO model_tag (workspace, name, number, tag_key, tag_value, created, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, name, number, tag_key)"
                        + " DO UPDATE SET tag_value = excluded.tag_value, changed = excluded.changed",
                tags.stream()
                        .map(tag -> new Object[] {workspace, name.value(), number, tag.key(), tag.value(), at, at})
                        .toList());
    }

    void deleteTag(SqlTx tx, WorkspaceName workspace, ModelName name, long number, String key) throws SQLException {
        tx.update(
                "DELETE FROM model_tag WHERE workspace = ? AND name = ? AND number = ? AND tag_key = ?",
                workspace,
                name.value(),
                number,
                key);
    }

    void describeModel(SqlTx tx, WorkspaceName workspace, ModelName name, String description, Instant at)
            throws SQLException {
        tx.update(
                "UPDATE registered_model SET description = ?, changed = ?, version = version + 1 WHERE workspace = ?"
                        + " AND name = ?",
                description,
                at,
                workspace,
                name.value());
    }

    void describeVersion(SqlTx tx, WorkspaceName workspace, ModelName name, long number, String description, Instant at)
            throws SQLException {
        tx.update(
                "UPDATE model_version SET description = ?, changed = ?, version = version + 1 WHERE workspace = ? AND"
                        + " name = ? AND number = ?",
                description,
                at,
                workspace,
                name.value(),
                number);
    }

    /** Adds a version that a client registered. */
    void addVersion(SqlTx tx, WorkspaceName workspace, ClientVersion added, long number, Instant at)
            throws SQLException {
        tx.update(
                "INSERT INTO model_version (workspace, name, number, digest, source, tracked_run, run, step,"
                        + " description, deleted, version, created, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, '', '', ?, 0, 1, ?, ?)",
                workspace,
                added.name().value(),
                number,
                added.tree(),
                added.source(),
                added.trackedRun(),
                added.description(),
                at,
                at);
    }

    /** A version that a client registers. */
    record ClientVersion(ModelName name, Optional<Digest> tree, String source, String trackedRun, String description) {}

    /** Deletes a version with its aliases and tags; its number stays used. */
    void deleteVersion(SqlTx tx, WorkspaceName workspace, ModelName name, long number, Instant at) throws SQLException {
        tx.update(
                "UPDATE model_version SET deleted = 1, changed = ?, version = version + 1 WHERE workspace = ? AND"
                        + " name = ? AND number = ?",
                at,
                workspace,
                name.value(),
                number);
        tx.update(
                "DELETE FROM model_alias WHERE workspace = ? AND name = ? AND number = ?",
                workspace,
                name.value(),
                number);
        tx.update(
                "DELETE FROM model_tag WHERE workspace = ? AND name = ? AND number = ?",
                workspace,
                name.value(),
                number);
    }

    /** Deletes a model with all that belongs to it. */
    void deleteModel(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        for (var table : List.of("model_alias", "model_tag", "model_version", "registered_model")) {
            tx.update("DELETE FROM " + table + " WHERE workspace = ? AND name = ?", workspace, name.value());
        }
    }

    /** The aliases of a model with the versions that they name, by alias. */
    List<Found> aliases(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        return tx.query(
                "SELECT alias AS name, number FROM model_alias WHERE workspace = ? AND name = ? ORDER BY alias",
                row -> new Found(row.text("name"), row.whole("number")),
                workspace,
                name.value());
    }
}
