package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of artifact paths. Stateless. */
final class ArtifactPathStore {

    Optional<StoredFile> file(SqlTx tx, WorkspaceName workspace, String path) throws SQLException {
        return tx.first(
                "SELECT path, digest, size FROM artifact_path WHERE workspace = ? AND path = ?",
                ArtifactPathStore::stored,
                workspace,
                path);
    }

    void put(SqlTx tx, WorkspaceName workspace, List<StoredFile> files, Instant now) throws SQLException {
        tx.batch(
                "INSERT INTO artifact_path (workspace, path, digest, size, created) VALUES (?, ?, ?, ?, ?) ON CONFLICT"
                        + " (workspace, path) DO UPDATE SET digest = excluded.digest, size = excluded.size,"
                        + " created = excluded.created",
                files.stream()
                        .map(file -> new Object[] {workspace, file.path(), file.digest(), file.size(), now})
                        .toList());
    }

    /** The files below a folder, by path; '0' is the character after the slash. */
    List<StoredFile> below(SqlTx tx, WorkspaceName workspace, String folder) throws SQLException {
        return tx.query(
                "SELECT path, digest, size FROM artifact_path WHERE workspace = ? AND path > ? AND path < ? ORDER BY path",
                ArtifactPathStore::stored,
                workspace,
                folder + "/",
                folder + "0");
    }

    boolean hasBelow(SqlTx tx, WorkspaceName workspace, String folder) throws SQLException {
        return tx.exists(
                "SELECT 1 FROM artifact_path WHERE workspace = ? AND path > ? AND path < ? LIMIT 1",
                workspace,
                folder + "/",
                folder + "0");
    }

    void delete(SqlTx tx, WorkspaceName workspace, String path) throws SQLException {
        tx.update("DELETE FROM artifact_path WHERE workspace = ? AND path = ?", workspace, path);
        tx.update(
                "DELETE FROM artifact_path WHERE workspace = ? AND path > ? AND path < ?",
                workspace,
                path + "/",
                path + "0");
    }

    private static StoredFile stored(Row row) throws SQLException {
        return new StoredFile(row.text("path"), row.digest("digest"), row.whole("size"));
    }
}
