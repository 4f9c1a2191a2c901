package dev.esteira.dataset;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Sink;
import dev.esteira.store.SinkContract;
import java.util.List;

class DatasetSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new DatasetSink();
    }

    @Override
    protected Artifact artifact() {
        var summary = Value.Fields.EMPTY.with("rows", Value.of(5L)).with("columns", Value.of(2L));
        var file = new ArtifactFile(Dataset.DATA_FILE, Digest.ofText("rows"), 10);
        return new Artifact(ArtifactType.DATASET, List.of(file), summary);
    }

    @Override
    protected List<String> tables() {
        return List.of("dataset_version", "dataset_output", "dataset_origin");
    }
}
