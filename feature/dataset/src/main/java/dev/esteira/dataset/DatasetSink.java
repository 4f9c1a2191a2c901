package dev.esteira.dataset;

import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.spi.Tx;
import dev.esteira.store.SqlTx;

/** Notes every data set that a step gives, and what the step worked on. */
public final class DatasetSink implements Sink {

    private final DatasetStore store = new DatasetStore();

    @Override
    public ArtifactType type() {
        return ArtifactType.DATASET;
    }

    @Override
    public void commit(Tx tx, Commit commit) {
        SqlTx.within(tx, rows -> {
            store.record(rows, commit);
            return true;
        });
    }
}
