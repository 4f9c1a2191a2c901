package dev.esteira.evaluation;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

class GateContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new GateKind();
    }

    @Override
    protected StepSample sample() throws IOException {
        return StepSample.of(
                Json.parseFields("""
                        {"checks": [
                            {"id": "auc", "assert": "report.roc_auc >= 0.7", "severity": "error"},
                            {"id": "better", "assert": "report.brier < report.constant.brier", "severity": "warn",
                             "description": "Better than no model."},
                            {"id": "small", "check": "model.size", "max": "20MiB"}]}"""),
                folder,
                Map.of(
                        "report",
                        artifact(ArtifactType.EVALUATION_REPORT, "report.json", """
                                {"formatVersion": 1, "undefined": {},
                                 "report": {"roc_auc": 0.8, "brier": 0.1, "constant": {"brier": 0.2}}}"""),
                        "model",
                        artifact(ArtifactType.MODEL, "MLmodel", "flavors: {}")));
    }

    private Artifact artifact(ArtifactType type, String name, String text) throws IOException {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        var file = Files.writeString(attempt.directory().resolve(name), text);
        return attempt.publish(type, Map.of(name, file), Value.Fields.EMPTY);
    }
}
