package dev.esteira.store;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which contents nothing reaches, by the roots that the tables of a database declare. Stateless. */
final class SweepStore {

    /** A content or a tree of a workspace. */
    record Item(WorkspaceName workspace, Digest digest) {}

    /** A column that refers to contents or trees. */
    private record Root(String table, String column) {}

    /** What a root may refer to. */
    enum Kind {
        BLOB("blob", "digest"),
        TREE("tree", "tree");

        private final String table;
        private final String column;

        Kind(String table, String column) {
            this.table = table;
            this.column = column;
        }
    }

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Items that nothing in this database reaches and that were not touched since; in order, after some item. */
    List<Item> unreachable(SqlTx tx, Kind kind, Instant untouchedSince, @Nullable Item after, int limit)
            throws SQLException {
        var workspace = after == null ? "" : after.workspace().value();
        var digest = after == null ? "" : after.digest().hex();
        return tx.query(
                "SELECT DISTINCT item.workspace AS workspace, item." + kind.column + " AS digest FROM " + kind.table
                        + " item WHERE item.touched < ? AND (item.workspace > ? OR (item.workspace = ? AND item."
                        + kind.column + " > ?))" + unreached(tx, kind) + " ORDER BY 1, 2 LIMIT ?",
                row -> new Item(new WorkspaceName(row.text("workspace")), row.digest("digest")),
                untouchedSince,
                workspace,
                workspace,
                digest,
                limit);
    }

    /** Those of some items that a root of this database, which holds no contents itself, reaches. */
    Set<Item> reached(SqlTx tx, Kind kind, List<Item> items) throws SQLException {
        var reached = new HashSet<Item>();
        for (var root : roots(tx, kind)) {
            var sql = "SELECT 1 FROM " + root.table() + " WHERE " + root.column() + " = ? AND workspace = ? LIMIT 1";
            for (var item : items) {
                if (tx.exists(sql, item.digest(), item.workspace())) {
                    reached.add(item);
                }
            }
        }
        return reached;
    }

    /** Removes the rows of items that are still unreached and untouched, and says how many items that were. */
    long remove(SqlTx tx, Kind kind, List<Item> items, Instant untouchedSince) throws SQLException {
        var condition = " WHERE workspace = ? AND " + kind.column + " = ? AND touched < ?";
        var unreached = unreached(tx, kind);
        var removed = 0L;
        for (var item : items) {
            var gone = tx.update(
                    "DELETE FROM " + kind.table + " AS item" + condition + unreached,
                    item.workspace(),
                    item.digest(),
                    untouchedSince);
            if (gone > 0 && kind == Kind.TREE) {
                removeFiles(tx, item);
            }
            removed += gone > 0 ? 1 : 0;
        }
        return removed;
    }

    /** The files of a tree go with its last row: a younger one of another type needs them. */
    private static void removeFiles(SqlTx tx, Item item) throws SQLException {
        tx.update(
                "DELETE FROM tree_file WHERE workspace = ? AND tree = ? AND NOT EXISTS (SELECT 1 FROM tree"
                        + " WHERE tree.workspace = tree_file.workspace AND tree.tree = tree_file.tree)",
                item.workspace(),
                item.digest());
    }

    /** Those of some digests that no workspace has. */
    List<Digest> unknown(SqlTx tx, List<Digest> digests) throws SQLException {
        var unknown = new ArrayList<Digest>();
        for (var digest : digests) {
            if (!tx.exists("SELECT 1 FROM blob WHERE digest = ? LIMIT 1", digest)) {
                unknown.add(digest);
            }
        }
        return unknown;
    }

    private static String unreached(SqlTx tx, Kind kind) throws SQLException {
        var sql = new StringBuilder();
        for (var root : roots(tx, kind)) {
            sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
                    .append(root.table())
                    .append(" root WHERE root.workspace = item.workspace AND root.")
                    .append(root.column())
                    .append(" = item.")
                    .append(kind.column)
                    .append(')');
        }
        return sql.toString();
    }

    private static List<Root> roots(SqlTx tx, Kind kind) throws SQLException {
        return tx.query(
                "SELECT table_name, column_name FROM blob_root WHERE kind = ? ORDER BY table_name, column_name",
                row -> new Root(identifier(row.text("table_name")), identifier(row.text("column_name"))),
                kind.table);
    }

    /** Names come from migrations and become part of a statement, so nothing but a plain name passes. */
    private static String identifier(String name) throws SQLException {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new SQLException("blob_root names '" + name + "', which is no plain table or column name");
        }
        return name;
    }
}
