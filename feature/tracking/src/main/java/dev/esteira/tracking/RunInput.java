package dev.esteira.tracking;

import dev.esteira.kernel.Limit;
import java.util.List;
import java.util.Optional;

/** Metrics, params, data sets and models as MLflow's clients send them. */
final class RunInput {

    /** The tag of a data set that says what it was used for. */
    static final String CONTEXT = "mlflow.data.context";

    @Limit(value = "The name of a data set that a run logs.", unit = "characters")
    private static final int NAME_LENGTH = 500;

    @Limit(value = "The digest of a data set that a run logs.", unit = "characters")
    private static final int DIGEST_LENGTH = 36;

    @Limit(value = "The source of a data set that a run logs.", unit = "characters")
    private static final int SOURCE_LENGTH = 65_535;

    @Limit(value = "The schema of a data set that a run logs.", unit = "characters")
    private static final int SCHEMA_LENGTH = 1_048_575;

    @Limit(value = "The profile of a data set that a run logs.", unit = "characters")
    private static final int PROFILE_LENGTH = 16_777_215;

    @Limit(value = "The type of the source of a data set that a run logs.", unit = "characters")
    private static final int SOURCE_TYPE_LENGTH = 250;

    @Limit(value = "What a data set that a run logs was used for.", unit = "characters")
    private static final int CONTEXT_LENGTH = 500;

    private RunInput() {}

    static Metric metric(MlflowInput input) {
        return new Metric(
                input.requiredText("key"),
                input.number("value").orElseThrow(() -> TrackingRules.invalid("A metric has no value.")),
                input.whole("timestamp").orElseThrow(() -> TrackingRules.invalid("A metric has no timestamp.")),
                input.whole("step").orElse(0L));
    }

    /** The same metric for the model that it is about, empty when it names none. */
    static Optional<ModelMetric> modelMetric(MlflowInput input) {
        return input.text("model_id")
                .filter(id -> !id.isEmpty())
                .map(id -> new ModelMetric(
                        metric(input),
                        TrackingRules.modelId(id),
                        name(input.text("dataset_name").orElse("")),
                        digest(input.text("dataset_digest").orElse(""))));
    }

    static Param param(MlflowInput input) {
        return new Param(input.requiredText("key"), input.presentText("value"));
    }

    static List<Param> params(MlflowInput input) {
        return input.list("params").stream().map(RunInput::param).toList();
    }

    private static String name(String name) {
        return TrackingRules.atMost("The name of a data set", name, NAME_LENGTH);
    }

    private static String digest(String digest) {
        return TrackingRules.atMost("The digest of a data set", digest, DIGEST_LENGTH);
    }

    static DatasetInput dataset(MlflowInput input) {
        var dataset = input.inner("dataset");
        var context = TrackingRules.count("tags", input.tags("tags"), TrackingRules.BATCH_PARAMS).stream()
                .filter(tag -> tag.key().equals(CONTEXT))
                .map(tag -> TrackingRules.atMost("The tag " + CONTEXT, tag.value(), CONTEXT_LENGTH))
                .findFirst();
        return new DatasetInput(
                name(dataset.requiredText("name")),
                digest(dataset.requiredText("digest")),
                TrackingRules.atMost(
                        "The type of the source of a data set",
                        dataset.requiredText("source_type"),
                        SOURCE_TYPE_LENGTH),
                TrackingRules.atMost("The source of a data set", dataset.presentText("source"), SOURCE_LENGTH),
                dataset.text("schema")
                        .map(text -> TrackingRules.atMost("The schema of a data set", text, SCHEMA_LENGTH)),
                dataset.text("profile")
                        .map(text -> TrackingRules.atMost("The profile of a data set", text, PROFILE_LENGTH)),
                context);
    }

    static ModelLink modelLink(MlflowInput input, ModelLink.Direction direction) {
        return new ModelLink(
                direction,
                TrackingRules.modelId(input.requiredText("model_id")),
                input.whole("step").orElse(0L));
    }
}
