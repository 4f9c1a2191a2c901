package dev.esteira.registry;

import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.spi.Tx;
import dev.esteira.store.SqlTx;

/**
 * Remembers which tracked run trained a model: the model itself carries no id of a run, and a version that is made of it
 * shall lead to its parameters and metrics.
 */
public final class ModelOriginSink implements Sink {

    private final RegistryStore store = new RegistryStore();

    @Override
    public ArtifactType type() {
        return ArtifactType.MODEL;
    }

    @Override
    public void commit(Tx tx, Commit commit) {
        commit.annotations()
                .text("trackedRun")
                .ifPresent(run -> SqlTx.within(tx, rows -> {
                    store.noteOrigin(rows, commit.workspace(), commit.artifact().digest(), run, commit.at());
                    return true;
                }));
    }
}
