package dev.esteira.training;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ResolveContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A model as an MLflow model directory: {@code MLmodel} with the flavours, the library's own file, what Python needs to
 * load it, an input example, and Esteira's {@link ModelDocument}. Thread-safe.
 */
public final class ModelDirectory {

    /** The file with the {@link ModelDocument}. */
    public static final String DOCUMENT = "esteira.json";

    /** The file with the trees. */
    public static final String MODEL = "model.ubj";

    private static final String EXAMPLE = "input_example.json";
    private static final String SERVING_EXAMPLE = "serving_input_example.json";
    private static final String MLFLOW_VERSION = "3.17.2";
    /** The oldest that XGBoost 3.4 has wheels for. */
    private static final String PYTHON_VERSION = "3.12";

    private ModelDirectory() {}

    /**
     * Writes the directory's files around the library's file.
     *
     * @param folder where {@link #MODEL} lies already; the other files are written beside it
     * @param example a few rows of the features, in their order; NaN for a missing value
     * @return the local files by their path in the directory
     */
    public static SequencedMap<String, Path> write(Path folder, ModelDocument document, List<double[]> example)
            throws IOException {
        var requirements = List.of("mlflow==" + MLFLOW_VERSION, document.library() + "==" + document.libraryVersion());
        var texts = new LinkedHashMap<String, String>();
        texts.put("MLmodel", yaml(mlmodel(folder, document, example)));
        texts.put("requirements.txt", String.join("\n", requirements) + "\n");
        texts.put("python_env.yaml", yaml(pythonEnvironment()));
        texts.put("conda.yaml", yaml(condaEnvironment(requirements)));
        var rows = example(document.features(), example);
        texts.put(EXAMPLE, CanonicalJson.text(rows));
        texts.put(SERVING_EXAMPLE, CanonicalJson.text(Value.Fields.EMPTY.with("dataframe_split", rows)));
        texts.put(DOCUMENT, CanonicalJson.text(document.toValue()));
        var files = new LinkedHashMap<String, Path>();
        for (var text : texts.entrySet()) {
            files.put(text.getKey(), Files.writeString(folder.resolve(text.getKey()), text.getValue()));
        }
        files.put(MODEL, folder.resolve(MODEL));
        return files;
    }

    /**
     * Reads what a model artifact says of itself.
     *
     * @throws EsteiraException MODEL_DAMAGED when the file is missing or unreadable
     */
    public static ModelDocument read(ResolveContext context, Artifact model) throws IOException {
        return read(context, model, "");
    }

    /** The same for a model directory below a folder of an artifact, e.g. {@code model/} of a version. */
    public static ModelDocument read(ResolveContext context, Artifact artifact, String prefix) throws IOException {
        var text = Files.readString(file(context, artifact, prefix + DOCUMENT));
        return ModelDocument.of(Json.parse(text).asFields().orElse(Value.Fields.EMPTY));
    }

    /** The local file with the trees of a model directory below a folder of an artifact. */
    public static Path file(ResolveContext context, Artifact artifact, String path) throws IOException {
        var file = artifact.file(path)
                .orElseThrow(() -> new EsteiraException(
                        TrainingErrorCode.MODEL_DAMAGED,
                        "The model " + artifact.digest().abbreviated() + " has no file " + path + ".",
                        "Train the model again."));
        return context.local(file);
    }

    private static Map<String, @Nullable Object> mlmodel(Path folder, ModelDocument document, List<double[]> example)
            throws IOException {
        var flavors = new LinkedHashMap<String, @Nullable Object>();
        flavors.put("python_function", pythonFlavor());
        flavors.put("xgboost", xgboostFlavor(document));
        var trees = Digest.of(Files.readAllBytes(folder.resolve(MODEL)));
        var identity = Digest.ofText(trees + CanonicalJson.text(document.toValue()));
        var mlmodel = new LinkedHashMap<String, @Nullable Object>();
        mlmodel.put("flavors", flavors);
        mlmodel.put("is_signature_from_type_hint", false);
        mlmodel.put("mlflow_version", MLFLOW_VERSION);
        mlmodel.put("model_id", null);
        mlmodel.put("model_size_bytes", Files.size(folder.resolve(MODEL)));
        mlmodel.put("model_uuid", identity.hex().substring(0, 32));
        mlmodel.put("prompts", null);
        mlmodel.put("saved_input_example_info", exampleInfo());
        mlmodel.put("signature", signature(document.features(), example));
        mlmodel.put("type_hint_from_example", false);
        return mlmodel;
    }

    private static Map<String, @Nullable Object> pythonFlavor() {
        var environments = new LinkedHashMap<String, @Nullable Object>();
        environments.put("conda", "conda.yaml");
        environments.put("virtualenv", "python_env.yaml");
        var python = new LinkedHashMap<String, @Nullable Object>();
        python.put("data", MODEL);
        python.put("env", environments);
        python.put("loader_module", "mlflow.xgboost");
        python.put("python_version", PYTHON_VERSION);
        return python;
    }

    private static Map<String, @Nullable Object> xgboostFlavor(ModelDocument document) {
        var xgboost = new LinkedHashMap<String, @Nullable Object>();
        xgboost.put("code", null);
        xgboost.put("data", MODEL);
        xgboost.put("model_class", "xgboost.core.Booster");
        xgboost.put("model_format", "ubj");
        xgboost.put("xgb_version", document.libraryVersion());
        return xgboost;
    }

    private static Map<String, @Nullable Object> exampleInfo() {
        var info = new LinkedHashMap<String, @Nullable Object>();
        info.put("artifact_path", EXAMPLE);
        info.put("pandas_orient", "split");
        info.put("serving_input_path", SERVING_EXAMPLE);
        info.put("type", "dataframe");
        return info;
    }

    private static Map<String, @Nullable Object> signature(List<String> features, List<double[]> example) {
        var inputs = new ArrayList<Value>();
        for (var index = 0; index < features.size(); index++) {
            var place = index;
            var complete = example.stream().allMatch(row -> Double.isFinite(row[place]));
            inputs.add(inputColumn(features.get(index), complete));
        }
        var signature = new LinkedHashMap<String, @Nullable Object>();
        signature.put("inputs", CanonicalJson.text(new Value.Sequence(inputs)));
        signature.put("outputs", "[{\"type\":\"tensor\",\"tensor-spec\":{\"dtype\":\"float32\",\"shape\":[-1]}}]");
        signature.put("params", null);
        return signature;
    }

    /** A column is required unless the example shows that its values may be missing, as MLflow infers it. */
    private static Value.Fields inputColumn(String name, boolean required) {
        var column = new LinkedHashMap<String, Value>();
        column.put("type", Value.of("double"));
        column.put("name", Value.of(name));
        column.put("required", Value.of(required));
        return Value.ofFields(column);
    }

    private static Value.Fields example(List<String> features, List<double[]> rows) {
        var data = rows.stream()
                .<Value>map(row -> new Value.Sequence(
                        Arrays.stream(row).mapToObj(ModelDirectory::cell).toList()))
                .toList();
        var example = new LinkedHashMap<String, Value>();
        example.put("columns", Value.ofTexts(features));
        example.put("data", new Value.Sequence(data));
        return Value.ofFields(example);
    }

    private static Value cell(double number) {
        return Double.isFinite(number) ? Value.of(number) : Value.NOTHING;
    }

    private static Map<String, @Nullable Object> pythonEnvironment() {
        var environment = new LinkedHashMap<String, @Nullable Object>();
        environment.put("python", PYTHON_VERSION);
        environment.put("build_dependencies", List.of("pip"));
        environment.put("dependencies", List.of("-r requirements.txt"));
        return environment;
    }

    private static Map<String, @Nullable Object> condaEnvironment(List<String> requirements) {
        var environment = new LinkedHashMap<String, @Nullable Object>();
        environment.put("name", "mlflow-env");
        environment.put("channels", List.of("conda-forge"));
        environment.put("dependencies", List.of("python=" + PYTHON_VERSION, "pip", Map.of("pip", requirements)));
        return environment;
    }

    private static String yaml(Map<String, @Nullable Object> document) {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(10_000)
                .build();
        return new Dump(settings).dumpToString(document);
    }
}
