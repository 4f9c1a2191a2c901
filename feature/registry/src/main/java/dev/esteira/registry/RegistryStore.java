package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Row;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of the registry. */
final class RegistryStore {

    private static final String VERSION_COLUMNS =
            "name, number, digest, source, tracked_run, run, description, created, changed";

    void addModel(SqlTx tx, WorkspaceName workspace, ModelName name, Instant at) throws SQLException {
        tx.update("""
                INSERT INTO registered_model (workspace, name, description, last_version, version, created, changed)
                VALUES (?, ?, '', 0, 1, ?, ?) ON CONFLICT DO NOTHING""", workspace, name.value(), at, at);
    }

    Optional<RegisteredModel> model(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        return tx.first("""
                SELECT name, description, last_version, created, changed FROM registered_model
                WHERE workspace = ? AND name = ?""", RegistryStore::model, workspace, name.value());
    }

    /** Models by name, after a name. */
    List<RegisteredModel> models(SqlTx tx, WorkspaceName workspace, String after, int limit) throws SQLException {
        return tx.query("""
                SELECT name, description, last_version, created, changed FROM registered_model
                WHERE workspace = ? AND name > ? ORDER BY name LIMIT ?""", RegistryStore::model, workspace, after, limit);
    }

    /** Gives out the next number of a model. */
    long nextNumber(SqlTx tx, WorkspaceName workspace, ModelName name, Instant at) throws SQLException {
        tx.update("""
                UPDATE registered_model SET last_version = last_version + 1, version = version + 1, changed = ?
                WHERE workspace = ? AND name = ?""", at, workspace, name.value());
        return tx.whole(
                "SELECT last_version FROM registered_model WHERE workspace = ? AND name = ?", workspace, name.value());
    }

    void addVersion(SqlTx tx, WorkspaceName workspace, NewVersion added) throws SQLException {
        tx.update(
                """
                INSERT INTO model_version (workspace, name, number, digest, source, tracked_run, run, step, description,
                    deleted, version, created, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?)""",
                workspace,
                added.name().value(),
                added.number(),
                added.digest(),
                added.source(),
                added.trackedRun(),
                added.run(),
                added.step(),
                added.description(),
                added.at(),
                added.at());
    }

    void noteOrigin(SqlTx tx, WorkspaceName workspace, Digest model, String trackedRun, Instant at)
            throws SQLException {
        tx.update("""
                INSERT INTO model_origin (workspace, model, tracked_run, version, created, changed)
                VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (workspace, model) DO UPDATE
                SET tracked_run = excluded.tracked_run, version = model_origin.version + 1, changed = excluded.changed""", workspace, model, trackedRun, at, at);
    }

    /** The tracked run that trained a model. */
    Optional<String> origin(SqlTx tx, WorkspaceName workspace, Digest model) throws SQLException {
        return tx.first(
                "SELECT tracked_run FROM model_origin WHERE workspace = ? AND model = ?",
                row -> row.text("tracked_run"),
                workspace,
                model);
    }

    /** A version to add. */
    record NewVersion(
            ModelName name,
            long number,
            Digest digest,
            String source,
            String trackedRun,
            String run,
            String step,
            String description,
            Instant at) {}

    Optional<Long> numberOf(SqlTx tx, WorkspaceName workspace, ModelName name, Digest digest) throws SQLException {
        return tx.first("""
                SELECT number FROM model_version WHERE workspace = ? AND name = ? AND digest = ? AND deleted = 0
                ORDER BY number LIMIT 1""", row -> row.whole("number"), workspace, name.value(), digest);
    }

    boolean pinned(SqlTx tx, WorkspaceName workspace, Digest digest) throws SQLException {
        return tx.exists(
                "SELECT 1 FROM model_version WHERE workspace = ? AND digest = ? AND deleted = 0", workspace, digest);
    }

    Optional<ModelVersion> version(SqlTx tx, WorkspaceName workspace, ModelName name, long number) throws SQLException {
        var found = tx.first(
                "SELECT " + VERSION_COLUMNS
                        + " FROM model_version WHERE workspace = ? AND name = ? AND number = ? AND deleted = 0",
                RegistryStore::version,
                workspace,
                name.value(),
                number);
        return found.isEmpty() ? found : Optional.of(withAliases(tx, workspace, found.get()));
    }

    /** The versions of a model, the newest first, below a number. */
    List<ModelVersion> versions(SqlTx tx, WorkspaceName workspace, ModelName name, long below, int limit)
            throws SQLException {
        var found = tx.query(
                "SELECT " + VERSION_COLUMNS
                        + " FROM model_version WHERE workspace = ? AND name = ? AND number < ? AND deleted = 0"
                        + " ORDER BY number DESC LIMIT ?",
                RegistryStore::version,
                workspace,
                name.value(),
                below,
                limit);
        var versions = new ArrayList<ModelVersion>();
        for (var version : found) {
            versions.add(withAliases(tx, workspace, version));
        }
        return versions;
    }

    private static ModelVersion withAliases(SqlTx tx, WorkspaceName workspace, ModelVersion version)
            throws SQLException {
        var aliases = tx.query(
                "SELECT alias FROM model_alias WHERE workspace = ? AND name = ? AND number = ? ORDER BY alias",
                row -> new Alias(row.text("alias")),
                workspace,
                version.name().value(),
                version.number());
        return new ModelVersion(
                version.name(),
                version.number(),
                version.digest(),
                version.source(),
                version.trackedRun(),
                version.run(),
                version.description(),
                aliases,
                version.created(),
                version.changed());
    }

    Optional<Long> aliased(SqlTx tx, WorkspaceName workspace, ModelName name, Alias alias) throws SQLException {
        return tx.first(
                "SELECT number FROM model_alias WHERE workspace = ? AND name = ? AND alias = ?",
                row -> row.whole("number"),
                workspace,
                name.value(),
                alias.value());
    }

    void setAlias(SqlTx tx, WorkspaceName workspace, ModelName name, Alias alias, long number, Instant at)
            throws SQLException {
        tx.update("""
                INSERT INTO model_alias (workspace, name, alias, number, version, created, changed)
                VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (workspace, name, alias)
                DO UPDATE SET number = excluded.number, version = model_alias.version + 1, changed = excluded.changed""", workspace, name.value(), alias.value(), number, at, at);
    }

    boolean deleteAlias(SqlTx tx, WorkspaceName workspace, ModelName name, Alias alias) throws SQLException {
        return tx.update(
                        "DELETE FROM model_alias WHERE workspace = ? AND name = ? AND alias = ?",
                        workspace,
                        name.value(),
                        alias.value())
                > 0;
    }

    private static RegisteredModel model(Row row) throws SQLException {
        return new RegisteredModel(
                new ModelName(row.text("name")),
                row.text("description"),
                row.whole("last_version"),
                row.instant("created"),
                row.instant("changed"));
    }

    private static ModelVersion version(Row row) throws SQLException {
        return new ModelVersion(
                new ModelName(row.text("name")),
                row.whole("number"),
                row.optionalDigest("digest"),
                row.text("source"),
                row.text("tracked_run"),
                row.text("run"),
                row.text("description"),
                List.of(),
                row.instant("created"),
                row.instant("changed"));
    }
}
