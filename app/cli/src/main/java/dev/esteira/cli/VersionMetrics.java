package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.util.LinkedHashMap;

/** The metrics of a model's version: from the evaluation in the run that registered it, else from its tracked run. */
final class VersionMetrics {

    private final EsteiraClient client;
    private final Value.Fields version;

    VersionMetrics(EsteiraClient client, Value.Fields version) {
        this.client = client;
        this.version = version;
    }

    /** What {@link MetricsTable} shows; empty when nothing is known. */
    Value.Fields report() {
        var run = version.text("run").orElse("");
        if (run.isEmpty()) {
            return Value.Fields.EMPTY;
        }
        try {
            return evaluated(client.run(run));
        } catch (EsteiraException e) {
            return tracked(run);
        }
    }

    private Value.Fields evaluated(Value.Fields run) {
        for (var step : RunStory.steps(run)) {
            for (var output : step.fields("outputs").entries().values()) {
                var fields = output.asFields().orElse(Value.Fields.EMPTY);
                if (fields.text("type").orElse("").equals("EvaluationReport")) {
                    return document(fields);
                }
            }
        }
        return Value.Fields.EMPTY;
    }

    private Value.Fields document(Value.Fields output) {
        try {
            var digest = Digest.parse(output.text("digest").orElse(""));
            return StorySources.of(client).document(digest, "report.json").fields("report");
        } catch (IOException e) {
            return Value.Fields.EMPTY;
        }
    }

    /** A version that was registered through MLflow's protocol names a tracked run. */
    private Value.Fields tracked(String run) {
        try {
            var answer = client.get("/api/2.0/mlflow/runs/get?run_id=" + EsteiraClient.escape(run));
            var metrics = new LinkedHashMap<String, Value>();
            for (var item : answer.fields("run").fields("data").items("metrics")) {
                var metric = item.asFields().orElse(Value.Fields.EMPTY);
                metric.field("value")
                        .ifPresent(value -> metrics.put(metric.text("key").orElse(""), value));
            }
            return Value.ofFields(metrics);
        } catch (EsteiraException e) {
            return Value.Fields.EMPTY;
        }
    }

    /** What is said where there are no metrics. */
    String absent() {
        return "No metrics are known of version "
                + version.whole("version").map(String::valueOf).orElse("") + ".";
    }
}
