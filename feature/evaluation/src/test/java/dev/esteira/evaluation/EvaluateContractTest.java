package dev.esteira.evaluation;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.StepKind;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import dev.esteira.training.ModelDirectory;
import dev.esteira.training.ModelDocument;
import dev.esteira.training.Task;
import dev.esteira.transform.Node;
import dev.esteira.transform.Transform;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/** {@link EvaluateKind} with {@link EvaluateStep}, a real model, a champion and the process that predicts. */
class EvaluateContractTest extends StepKindContract {

    private static final DataEngine ENGINE = new DataEngine(256L << 20);
    private static final String ROWS = """
            SELECT i AS k, i * 0.25 AS x, i % 3 = 0 OR i > 300 AS late, CASE WHEN i % 3 = 0 THEN 'EWR' ELSE 'JFK' END AS origin
            FROM range(400) t(i)""";

    private Optional<Artifact> champion = Optional.empty();

    @Override
    protected StepKind kind() {
        return new EvaluateKind(ENGINE, jvm(), new Baselines() {
            @Override
            public Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias) {
                return champion;
            }

            @Override
            public Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest) {
                return champion.filter(version -> version.digest().equals(digest));
            }
        });
    }

    @Override
    protected StepSample sample() throws Exception {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        var model = model(attempt);
        var transform = transform(attempt);
        champion = Optional.of(version(model, transform));
        return StepSample.of(
                Json.parseFields("""
                        {"metrics": ["roc_auc", "log_loss"], "intervals": {"method": "bootstrap", "rounds": 100, "level": 0.9},
                         "slices": ["origin", {"x": [10, 50]}], "baseline": {"model": "delay", "alias": "champion"}}"""), folder, Map.of("data", data(attempt), "model", model, "transform", transform));
    }

    private static Artifact data(FolderAttempt attempt) throws Exception {
        var roles = Map.of("k", Role.ID, "late", Role.LABEL);
        try (var session = ENGINE.open(attempt.directory().resolve("work"), 1, List.of())) {
            return new DatasetWriter(session)
                    .publish(attempt, "data", ROWS, List.of(), new DatasetOptions(roles, List.of()));
        }
    }

    private static Artifact model(FolderAttempt attempt) throws Exception {
        var place = Files.createTempDirectory(attempt.directory(), "model");
        var rows = new DMatrix(new float[] {1, 2, 3, 70, 80, 90}, 6, 1, Float.NaN);
        rows.setLabel(new float[] {0, 0, 0, 1, 1, 1});
        Map<String, Object> params = Map.of("objective", "binary:logistic", "min_child_weight", 0, "nthread", 1);
        XGBoost.train(rows, params, 3, Map.of(), null, null)
                .saveModel(place.resolve(ModelDirectory.MODEL).toString());
        rows.dispose();
        var document = new ModelDocument(
                "xgboost",
                "3.4.0",
                Task.BINARY,
                "late",
                List.of("z"),
                Value.Fields.EMPTY,
                3,
                3,
                0.5,
                Value.Fields.EMPTY);
        var files = ModelDirectory.write(place, document, List.of(new double[] {1}));
        return attempt.publish(ArtifactType.MODEL, files, Value.Fields.EMPTY);
    }

    private static Artifact transform(FolderAttempt attempt) throws Exception {
        var outputs = new LinkedHashMap<String, Node>();
        outputs.put("z", new Node.Clip(new Node.Column("x", Node.Kind.NUMBER), 0, 100));
        var column = new Column("x", LogicalType.NUMBER, false, Optional.empty());
        var transform = new Transform(List.of(column), outputs, new LinkedHashMap<>());
        var file = Files.write(attempt.directory().resolve(Transform.FILE), CanonicalJson.bytes(transform.toValue()));
        return attempt.publish(ArtifactType.TRANSFORM, Map.of(Transform.FILE, file), Value.Fields.EMPTY);
    }

    private static Artifact version(Artifact model, Artifact transform) {
        var files = new ArrayList<ArtifactFile>();
        model.files().forEach(file -> files.add(new ArtifactFile("model/" + file.path(), file.digest(), file.size())));
        transform
                .files()
                .forEach(file -> files.add(new ArtifactFile("transform/" + file.path(), file.digest(), file.size())));
        return new Artifact(ArtifactType.MODEL_VERSION, files, Value.Fields.EMPTY);
    }

    private static ChildJvm jvm() {
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, List.of());
    }
}
