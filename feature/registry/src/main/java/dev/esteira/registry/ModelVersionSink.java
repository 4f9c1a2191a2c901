package dev.esteira.registry;

import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.spi.Tx;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;

/**
 * Registers what a step made: the model where it is new, a version unless one with the same content is there, and the
 * aliases, which are set again on every run, also when the version came from the cache.
 */
public final class ModelVersionSink implements Sink {

    private final RegistryStore store = new RegistryStore();

    @Override
    public ArtifactType type() {
        return ArtifactType.MODEL_VERSION;
    }

    @Override
    public void commit(Tx tx, Commit commit) {
        SqlTx.within(tx, rows -> {
            register(rows, commit);
            return true;
        });
    }

    private void register(SqlTx rows, Commit commit) throws SQLException {
        var summary = commit.artifact().summary();
        var name = new ModelName(summary.text(RegisterKind.MODEL).orElseThrow());
        var digest = commit.artifact().digest();
        store.addModel(rows, commit.workspace(), name, commit.at());
        var known = store.numberOf(rows, commit.workspace(), name, digest);
        var number = known.isPresent() ? known.get() : store.nextNumber(rows, commit.workspace(), name, commit.at());
        if (known.isEmpty()) {
            store.addVersion(
                    rows,
                    commit.workspace(),
                    new RegistryStore.NewVersion(
                            name,
                            number,
                            digest,
                            "mlflow-artifacts:/versions/" + digest.hex() + "/model",
                            trackedRun(rows, commit),
                            commit.run(),
                            commit.step(),
                            "",
                            commit.at()));
        }
        for (var alias : summary.items(RegisterKind.ALIASES)) {
            store.setAlias(
                    rows, commit.workspace(), name, new Alias(alias.asText().orElseThrow()), number, commit.at());
        }
    }

    private String trackedRun(SqlTx rows, Commit commit) throws SQLException {
        var model = commit.inputs().get("model");
        return model == null
                ? ""
                : store.origin(rows, commit.workspace(), model.digest()).orElse("");
    }
}
