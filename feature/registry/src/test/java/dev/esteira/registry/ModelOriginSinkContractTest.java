package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Sink;
import dev.esteira.store.SinkContract;
import java.util.List;

class ModelOriginSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new ModelOriginSink();
    }

    @Override
    protected Artifact artifact() {
        var file = new ArtifactFile("MLmodel", Digest.ofText("model"), 10);
        return new Artifact(ArtifactType.MODEL, List.of(file), Value.Fields.EMPTY);
    }

    @Override
    protected Value.Fields annotations() {
        return Value.Fields.EMPTY.with("trackedRun", Value.of("abc"));
    }

    @Override
    protected List<String> tables() {
        return List.of("model_origin");
    }
}
