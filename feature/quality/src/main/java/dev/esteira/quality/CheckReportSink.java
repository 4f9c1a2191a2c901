package dev.esteira.quality;

import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.spi.Tx;
import dev.esteira.store.SqlTx;

/** Adds the figures of a step's checks to their history, with the step's own commit. */
public final class CheckReportSink implements Sink {

    private final CheckResultStore store = new CheckResultStore();

    @Override
    public ArtifactType type() {
        return ArtifactType.CHECK_REPORT;
    }

    @Override
    public void commit(Tx tx, Commit commit) {
        SqlTx.within(tx, rows -> {
            for (var item : commit.artifact().summary().items(CheckReport.HISTORY)) {
                store.record(rows, commit, item.asFields().orElse(Value.Fields.EMPTY));
            }
            return true;
        });
    }
}
