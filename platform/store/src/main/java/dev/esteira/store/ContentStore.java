package dev.esteira.store;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactStore.Stored;
import dev.esteira.spi.ArtifactType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Which contents a workspace has, and which artifacts they make. A content that another workspace stored is not there
 * for this one. Stateless and thread-safe; every method works inside the caller's transaction.
 */
public final class ContentStore {

    /** Notes that the workspace has a content which the artifact store has taken; keeps it from the sweep for a while. */
    public void note(SqlTx tx, WorkspaceName workspace, Stored stored, Instant at) throws SQLException {
        tx.update(
                "INSERT INTO blob (workspace, digest, size, created, touched) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (workspace, digest) DO UPDATE SET touched = excluded.touched",
                workspace,
                stored.digest(),
                stored.size(),
                at,
                at);
    }

    /** The size of a content in bytes, empty when the workspace does not have it. */
    public Optional<Long> size(SqlTx tx, WorkspaceName workspace, Digest digest) throws SQLException {
        return tx.first(
                "SELECT size FROM blob WHERE workspace = ? AND digest = ?",
                row -> row.whole("size"),
                workspace,
                digest);
    }

    /**
     * Those of some contents that the workspace does not have, in the order given. Those that it has are kept from the
     * sweep for a while, so that whoever asks may rely on the answer; a unit that calls this must be a writing one.
     */
    public SequencedSet<Digest> missing(SqlTx tx, WorkspaceName workspace, Collection<Digest> digests, Instant at)
            throws SQLException {
        var missing = new LinkedHashSet<Digest>();
        for (var digest : digests) {
            var there =
                    tx.update("UPDATE blob SET touched = ? WHERE workspace = ? AND digest = ?", at, workspace, digest);
            if (there == 0) {
                missing.add(digest);
            }
        }
        return missing;
    }

    /**
     * Keeps an artifact with its files, all of them noted as contents of the workspace. No error when it is there
     * already; the summary of the first stays then.
     */
    public void save(SqlTx tx, WorkspaceName workspace, Artifact artifact, Instant at) throws SQLException {
        var tree = artifact.digest();
        var fresh = tx.update(
                "INSERT INTO tree (workspace, tree, type, size, summary, created, touched)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, tree, type) DO NOTHING",
                workspace,
                tree,
                artifact.type(),
                artifact.size(),
                CanonicalJson.text(artifact.summary()),
                at,
                at);
        if (fresh == 0) {
            tx.update("UPDATE tree SET touched = ? WHERE workspace = ? AND tree = ?", at, workspace, tree);
        }
        var rows = new ArrayList<Object[]>();
        for (var file : artifact.files()) {
            note(tx, workspace, new Stored(file.digest(), file.size()), at);
            rows.add(new Object[] {workspace, tree, file.path(), file.digest(), file.size()});
        }
        tx.batch(
                "INSERT INTO tree_file (workspace, tree, path, digest, size) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (workspace, tree, path) DO NOTHING",
                rows);
    }

    /** An artifact by the digest of its tree, empty when the workspace does not have it. */
    public Optional<Artifact> artifact(SqlTx tx, WorkspaceName workspace, Digest tree) throws SQLException {
        return found(tx, workspace, tree, "", List.of());
    }

    /** An artifact by the digest of its tree and its type, empty when the workspace does not have it. */
    public Optional<Artifact> artifact(SqlTx tx, WorkspaceName workspace, Digest tree, ArtifactType type)
            throws SQLException {
        return found(tx, workspace, tree, " AND type = ?", List.of(type));
    }

    /**
     * The artifact that must be there.
     *
     * @throws EsteiraException ARTIFACT_MISSING
     */
    public Artifact require(SqlTx tx, WorkspaceName workspace, Digest tree) throws SQLException {
        return artifact(tx, workspace, tree)
                .orElseThrow(() -> new EsteiraException(
                        StoreErrorCode.ARTIFACT_MISSING,
                        "Workspace '" + workspace + "' has no artifact " + tree.abbreviated() + ".",
                        "Name one that a step of a run has made."));
    }

    private Optional<Artifact> found(
            SqlTx tx, WorkspaceName workspace, Digest tree, String condition, List<ArtifactType> types)
            throws SQLException {
        var arguments = new ArrayList<Object>(List.of(workspace, tree));
        arguments.addAll(types);
        var head = tx.first(
                "SELECT type, summary FROM tree WHERE workspace = ? AND tree = ?" + condition
                        + " ORDER BY created, type LIMIT 1",
                row -> new Head(ArtifactType.valueOf(row.text("type")), summary(row.text("summary"))),
                arguments.toArray());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var files = tx.query(
                "SELECT path, digest, size FROM tree_file WHERE workspace = ? AND tree = ? ORDER BY path",
                row -> new ArtifactFile(row.text("path"), row.digest("digest"), row.whole("size")),
                workspace,
                tree);
        return head.map(found -> new Artifact(found.type(), files, found.summary()));
    }

    private record Head(ArtifactType type, Value.Fields summary) {}

    private static Value.Fields summary(String text) {
        return Json.parse(text).asFields().orElse(Value.Fields.EMPTY);
    }
}
