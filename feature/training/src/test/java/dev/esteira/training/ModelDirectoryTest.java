package dev.esteira.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.testing.FolderAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MLflow itself writes is in {@code mlflow-model.json}, made by {@code src/test/golden/make_model.py}. */
class ModelDirectoryTest {

    private static final List<String> COLUMNS = List.of("recent_delay", "dest", "temp missing");
    private static final Value.Fields MLFLOW = golden();

    @TempDir
    Path folder;

    @Test
    void hasTheFilesThatMlflowWritesAndEsteirasOwn() throws Exception {
        var expected = new TreeSet<>(texts(MLFLOW, "files"));
        expected.add("esteira.json");

        assertThat(write("a", "trees", document(97)).keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theMlmodelHasTheKeysThatMlflowWrites() throws Exception {
        assertThat(keys("", yaml(write("a", "trees", document(97)), "MLmodel")))
                .containsExactlyInAnyOrderElementsOf(keys("", MLFLOW.fields("MLmodel")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flavors.python_function.data",
                "flavors.python_function.loader_module",
                "flavors.python_function.env.conda",
                "flavors.python_function.env.virtualenv",
                "flavors.xgboost.data",
                "flavors.xgboost.model_class",
                "flavors.xgboost.model_format",
                "mlflow_version",
                "saved_input_example_info",
                "is_signature_from_type_hint",
                "type_hint_from_example",
            })
    void theMlmodelSaysWhatMlflowSays(String path) throws Exception {
        var ours = yaml(write("a", "trees", document(97)), "MLmodel");

        assertThat(at(ours, path)).isEqualTo(at(MLFLOW.fields("MLmodel"), path));
    }

    @Test
    void theSignatureIsTheOneThatMlflowInfersFromTheExample() throws Exception {
        var ours = yaml(write("a", "trees", document(97)), "MLmodel").fields("signature");
        var theirs = MLFLOW.fields("MLmodel").fields("signature");

        for (var side : List.of("inputs", "outputs")) {
            assertThat(Json.parse(ours.text(side).orElseThrow()))
                    .as(side)
                    .isEqualTo(Json.parse(theirs.text(side).orElseThrow()));
        }
    }

    @Test
    void theExamplesAreThoseOfMlflowWithNullForAMissingValue() throws Exception {
        var files = write("a", "trees", document(97));

        for (var name : List.of("input_example.json", "serving_input_example.json")) {
            assertThat(Json.parse(Files.readString(files.get(name)))).isEqualTo(MLFLOW.fields(name));
        }
        assertThat(Files.readString(files.get("input_example.json"))).contains("[null,-0.47711573073579927");
    }

    @Test
    void theEnvironmentNamesWhatTheModelNeeds() throws Exception {
        var files = write("a", "trees", document(97));

        assertThat(Files.readString(files.get("requirements.txt"))).isEqualTo("mlflow==3.17.2\nxgboost==3.4.0\n");
        assertThat(yaml(files, "conda.yaml").entries().keySet())
                .isEqualTo(MLFLOW.fields("conda.yaml").entries().keySet());
        assertThat(yaml(files, "python_env.yaml").entries().keySet())
                .isEqualTo(MLFLOW.fields("python_env.yaml").entries().keySet());
        // XGBoost 3.4 has no wheel for an older Python.
        assertThat(yaml(files, "python_env.yaml").text("python")).contains("3.12");
    }

    @Test
    void theSameTrainingGivesTheSameBytes() throws Exception {
        assertThat(bytes(write("a", "trees", document(97)))).isEqualTo(bytes(write("b", "trees", document(97))));
    }

    @Test
    void theIdOfAModelFollowsItsContent() throws Exception {
        var id = uuid(write("a", "trees", document(97)));

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(uuid(write("b", "trees", document(97)))).isEqualTo(id);
        assertThat(uuid(write("c", "other trees", document(97)))).isNotEqualTo(id);
        assertThat(uuid(write("d", "trees", document(98)))).isNotEqualTo(id);
    }

    @Test
    void theDocumentIsReadBackAsItWasWritten() throws Exception {
        var context = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        var model = context.publish(ArtifactType.MODEL, write("a", "trees", document(97)), Value.Fields.EMPTY);

        assertThat(ModelDirectory.read(context, model)).isEqualTo(document(97));
    }

    @Test
    void aModelWithoutItsFileIsRefusedByName() throws IOException {
        var context = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        var empty = new Artifact(ArtifactType.MODEL, List.of(), Value.Fields.EMPTY);

        assertThatThrownBy(() -> ModelDirectory.read(context, empty))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.MODEL_DAMAGED))
                .hasMessageContaining("has no file esteira.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"library", "libraryVersion", "task", "label", "rounds", "bestRound", "constant"})
    void aDocumentWithoutAFieldIsRefused(String field) {
        assertThatThrownBy(() -> ModelDocument.of(document(97).toValue().without(field)))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(TrainingErrorCode.MODEL_DAMAGED));
    }

    @Test
    void aDocumentOfALaterFormatIsRefused() {
        var later = document(97).toValue().with("formatVersion", Value.of(2));

        assertThatThrownBy(() -> ModelDocument.of(later)).hasMessageContaining("its format version is not 1");
    }

    private Map<String, Path> write(String name, String trees, ModelDocument document) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        Files.writeString(place.resolve("model.ubj"), trees);
        var rows = new ArrayList<double[]>();
        for (var row : MLFLOW.fields("input_example.json").items("data")) {
            rows.add(row.items().stream()
                    .mapToDouble(cell -> cell.asNumber().orElse(Double.NaN))
                    .toArray());
        }
        return ModelDirectory.write(place, document, rows);
    }

    private static ModelDocument document(long bestRound) {
        return new ModelDocument(
                "xgboost",
                "3.4.0",
                Task.BINARY,
                "late",
                COLUMNS,
                Value.Fields.EMPTY.with("eta", Value.of(0.1)),
                400,
                bestRound,
                0.25,
                Value.Fields.EMPTY.with("train", Value.of("sha256:1")));
    }

    private static String uuid(Map<String, Path> files) throws IOException {
        return yaml(files, "MLmodel").text("model_uuid").orElseThrow();
    }

    private static Map<String, Digest> bytes(Map<String, Path> files) throws IOException {
        var digests = new LinkedHashMap<String, Digest>();
        for (var file : files.entrySet()) {
            digests.put(file.getKey(), Digest.of(Files.readAllBytes(file.getValue())));
        }
        return digests;
    }

    private static Value.Fields yaml(Map<String, Path> files, String name) throws IOException {
        return Yaml.read(name, Files.readString(files.get(name)))
                .orThrow()
                .value()
                .asFields()
                .orElseThrow();
    }

    private static List<String> keys(String above, Value.Fields fields) {
        var keys = new ArrayList<String>();
        fields.entries().forEach((name, value) -> {
            keys.add(above + name);
            value.asFields().ifPresent(inner -> keys.addAll(keys(above + name + ".", inner)));
        });
        return keys;
    }

    private static Value at(Value.Fields fields, String path) {
        Value found = fields;
        for (var name : path.split("[.]", -1)) {
            found = found.asFields().orElseThrow().field(name).orElseThrow();
        }
        return found;
    }

    private static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .map(item -> item.asText().orElseThrow())
                .toList();
    }

    private static Value.Fields golden() {
        try (var stream = ModelDirectoryTest.class.getResourceAsStream("mlflow-model.json")) {
            return Json.parse(stream.readAllBytes(), JsonLimits.DEFAULT)
                    .asFields()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
