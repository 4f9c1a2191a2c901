package dev.esteira.registry;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

class RegisterContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new RegisterKind();
    }

    @Override
    protected StepSample sample() throws IOException {
        var model = Value.Fields.EMPTY
                .with("name", Value.of("flight-delay"))
                .with("aliases", Value.ofTexts(List.of("challenger")));
        return StepSample.of(
                Value.Fields.EMPTY.with("model", model),
                folder,
                Map.of(
                        "model",
                        artifact(ArtifactType.MODEL, "MLmodel"),
                        "transform",
                        artifact(ArtifactType.TRANSFORM, "transform.json"),
                        "decision",
                        artifact(ArtifactType.GATE_DECISION, "decision.json")));
    }

    private Artifact artifact(ArtifactType type, String name) throws IOException {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        var file = Files.writeString(attempt.directory().resolve(name), "{}");
        return attempt.publish(type, Map.of(name, file), Value.Fields.EMPTY.with("passed", Value.of(true)));
    }
}
