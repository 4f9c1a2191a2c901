package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Models, versions and aliases. Every method is one transaction; changes are on disk when it returns. Thread-safe. */
public final class ModelRegistry {

    private final Database database;
    private final InstantSource clock;
    private final RegistryStore store = new RegistryStore();
    private final ContentStore contents = new ContentStore();

    ModelRegistry(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Models by name, those after a name. */
    public List<RegisteredModel> models(WorkspaceName workspace, String after, int limit) {
        return database.read(tx -> store.models(tx, workspace, after, limit));
    }

    /**
     * A model.
     *
     * @throws EsteiraException MODEL_NOT_FOUND
     */
    public RegisteredModel model(WorkspaceName workspace, ModelName name) {
        return database.read(tx -> required(tx, workspace, name));
    }

    /**
     * The versions of a model, the newest first, those below a number.
     *
     * @throws EsteiraException MODEL_NOT_FOUND
     */
    public List<ModelVersion> versions(WorkspaceName workspace, ModelName name, long below, int limit) {
        return database.read(tx -> {
            required(tx, workspace, name);
            return store.versions(tx, workspace, name, below, limit);
        });
    }

    /**
     * A version.
     *
     * @throws EsteiraException MODEL_VERSION_NOT_FOUND
     */
    public ModelVersion version(WorkspaceName workspace, ModelName name, long number) {
        return database.read(tx -> required(tx, workspace, name, number));
    }

    /** The version that an alias names now; empty when there is no such model or alias. */
    public Optional<ModelVersion> aliased(WorkspaceName workspace, ModelName name, Alias alias) {
        return database.read(tx -> {
            var number = store.aliased(tx, workspace, name, alias);
            return number.isEmpty() ? Optional.empty() : store.version(tx, workspace, name, number.get());
        });
    }

    /** The tree that a version pins; empty when a version with that digest is not registered. */
    public Optional<Artifact> pinned(WorkspaceName workspace, Digest digest) {
        return database.read(tx ->
                store.pinned(tx, workspace, digest) ? contents.artifact(tx, workspace, digest) : Optional.empty());
    }

    /**
     * Moves an alias to a version, or makes it.
     *
     * @param expected the version that the caller saw the alias name, 0 for none; empty to move it whatever it names
     * @throws EsteiraException MODEL_VERSION_NOT_FOUND, or MODEL_ALIAS_MOVED when it names another one now
     */
    public ModelVersion setAlias(
            WorkspaceName workspace, ModelName name, Alias alias, long number, Optional<Long> expected) {
        return database.write(tx -> {
            required(tx, workspace, name, number);
            requireUnmoved(tx, workspace, name, alias, expected);
            store.setAlias(tx, workspace, name, alias, number, clock.instant());
            return required(tx, workspace, name, number);
        });
    }

    /**
     * Takes an alias away.
     *
     * @return whether it was there
     * @throws EsteiraException MODEL_ALIAS_MOVED
     */
    public boolean deleteAlias(WorkspaceName workspace, ModelName name, Alias alias, Optional<Long> expected) {
        return database.write(tx -> {
            requireUnmoved(tx, workspace, name, alias, expected);
            return store.deleteAlias(tx, workspace, name, alias);
        });
    }

    private void requireUnmoved(SqlTx tx, WorkspaceName workspace, ModelName name, Alias alias, Optional<Long> expected)
            throws SQLException {
        var now = store.aliased(tx, workspace, name, alias).orElse(0L);
        if (expected.isPresent() && !expected.get().equals(now)) {
            throw new EsteiraException(
                    RegistryErrorCode.MODEL_ALIAS_MOVED,
                    "The alias '" + alias + "' of '" + name + "' names version " + now + " now, not " + expected.get()
                            + ".",
                    "Look at what changed and decide again.");
        }
    }

    private RegisteredModel required(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        return store.model(tx, workspace, name)
                .orElseThrow(() -> new EsteiraException(
                        RegistryErrorCode.MODEL_NOT_FOUND,
                        "There is no registered model '" + name + "'.",
                        "The list of models shows their names."));
    }

    private ModelVersion required(SqlTx tx, WorkspaceName workspace, ModelName name, long number) throws SQLException {
        return store.version(tx, workspace, name, number)
                .orElseThrow(() -> new EsteiraException(
                        RegistryErrorCode.MODEL_VERSION_NOT_FOUND,
                        "The model '" + name + "' has no version " + number + ".",
                        "The list of its versions shows their numbers."));
    }
}
