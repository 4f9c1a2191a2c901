package dev.esteira.tracking;

import dev.esteira.kernel.Value;
import java.util.List;

/** Runs as MLflow's clients read them. */
final class RunWire {

    private RunWire() {}

    static Value.Fields tag(Tag tag) {
        return new MlflowFields()
                .anyText("key", tag.key())
                .anyText("value", tag.value())
                .build();
    }

    static Value.Fields param(Param param) {
        return new MlflowFields()
                .anyText("key", param.key())
                .anyText("value", param.value())
                .build();
    }

    static Value.Fields metric(Metric metric) {
        return metricFields(metric).build();
    }

    private static MlflowFields metricFields(Metric metric) {
        return new MlflowFields()
                .anyText("key", metric.key())
                .number("value", metric.value())
                .whole("timestamp", metric.loggedMillis())
                .whole("step", metric.step());
    }

    static Value.Fields modelMetric(ModelMetric metric) {
        return metricFields(metric.metric())
                .text("dataset_name", metric.datasetName())
                .text("dataset_digest", metric.datasetDigest())
                .anyText("model_id", metric.modelId())
                .build();
    }

    static Value.Fields info(RunInfo info) {
        var fields = new MlflowFields()
                .anyText("run_id", info.runId())
                .anyText("run_uuid", info.runId())
                .anyText("run_name", info.name())
                .anyText("experiment_id", Long.toString(info.experimentId()))
                .text("user_id", info.userId())
                .anyText("status", info.status().name())
                .whole("start_time", info.startMillis());
        info.endMillis().ifPresent(millis -> fields.whole("end_time", millis));
        return fields.anyText("artifact_uri", info.artifactUri())
                .anyText("lifecycle_stage", info.lifecycle().text())
                .build();
    }

    static Value.Fields run(Run run) {
        var data = new MlflowFields()
                .list("metrics", run.metrics(), RunWire::metric)
                .list("params", run.params(), RunWire::param)
                .list("tags", run.tags(), RunWire::tag)
                .build();
        var inputs = new MlflowFields()
                .list("dataset_inputs", run.datasets(), RunWire::datasetInput)
                .list(
                        "model_inputs",
                        links(run, ModelLink.Direction.INPUT),
                        link -> new MlflowFields()
                                .anyText("model_id", link.modelId())
                                .build())
                .build();
        var outputs = new MlflowFields()
                .list(
                        "model_outputs",
                        links(run, ModelLink.Direction.OUTPUT),
                        link -> new MlflowFields()
                                .anyText("model_id", link.modelId())
                                .whole("step", link.step())
                                .build())
                .build();
        return new MlflowFields()
                .fields("info", info(run.info()))
                .fields("data", data)
                .fields("inputs", inputs)
                .fields("outputs", outputs)
                .build();
    }

    private static List<ModelLink> links(Run run, ModelLink.Direction direction) {
        return run.models().stream()
                .filter(link -> link.direction() == direction)
                .toList();
    }

    private static Value.Fields datasetInput(DatasetInput input) {
        var dataset = new MlflowFields()
                .anyText("name", input.name())
                .anyText("digest", input.digest())
                .anyText("source_type", input.sourceType())
                .anyText("source", input.source())
                .text("schema", input.schema())
                .text("profile", input.profile())
                .build();
        return new MlflowFields()
                .list("tags", input.context().stream().toList(), context -> tag(new Tag(RunInput.CONTEXT, context)))
                .fields("dataset", dataset)
                .build();
    }
}
