package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Sink;
import dev.esteira.store.SinkContract;
import java.util.List;

class ModelVersionSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new ModelVersionSink();
    }

    @Override
    protected Artifact artifact() {
        var summary = Value.Fields.EMPTY
                .with(RegisterKind.MODEL, Value.of("flight-delay"))
                .with(RegisterKind.ALIASES, Value.ofTexts(List.of("challenger")));
        var file = new ArtifactFile("version.json", Digest.ofText("version"), 10);
        return new Artifact(ArtifactType.MODEL_VERSION, List.of(file), summary);
    }

    @Override
    protected List<String> tables() {
        return List.of("registered_model", "model_version", "model_alias");
    }
}
