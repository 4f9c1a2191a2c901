package dev.esteira.tracking;

import dev.esteira.http.Method;
import dev.esteira.http.Route;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MLflow's calls for logged models. */
final class LoggedModelResource {

    private static final int SEARCH_DEFAULT = 100;

    @Limit(value = "Logged models of one page of MLflow's search.", unit = "items")
    private static final int SEARCH_MAX = 1000;

    private final LoggedModels models;
    private final RunArtifacts artifacts;

    LoggedModelResource(LoggedModels models, RunArtifacts artifacts) {
        this.models = models;
        this.artifacts = artifacts;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(MlflowRoutes.write(Method.POST, "/logged-models", "Begins a logged model.", this::create));
        routes.addAll(MlflowRoutes.read(Method.POST, "/logged-models/search", "Finds logged models.", this::search));
        routes.addAll(MlflowRoutes.read(Method.GET, "/logged-models/{model_id}", "A logged model.", this::get));
        routes.addAll(MlflowRoutes.write(
                Method.PATCH, "/logged-models/{model_id}", "Says that a model's files have arrived.", this::finish));
        routes.addAll(MlflowRoutes.write(
                Method.DELETE, "/logged-models/{model_id}", "Deletes a logged model.", this::delete));
        routes.addAll(MlflowRoutes.write(
                Method.PATCH, "/logged-models/{model_id}/tags", "Sets tags of a logged model.", this::setTags));
        routes.addAll(MlflowRoutes.write(
                Method.DELETE,
                "/logged-models/{model_id}/tags/{key}",
                "Removes a tag of a logged model.",
                this::deleteTag));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/logged-models/{model_id}/params", "Adds params of a logged model.", this::addParams));
        routes.addAll(MlflowRoutes.read(
                Method.GET,
                "/logged-models/{model_id}/artifacts/directories",
                "A folder of a logged model's artifacts.",
                this::list));
        return routes;
    }

    private Value.Fields create(MlflowInput input) {
        return one(models.create(
                input.workspace(),
                input.experimentId(),
                input.text("name"),
                input.text("model_type").orElse(""),
                input.text("source_run_id").orElse(""),
                RunInput.params(input),
                input.tags("tags")));
    }

    private Value.Fields search(MlflowInput input) {
        var limit = input.limit(SEARCH_DEFAULT, SEARCH_MAX);
        var experiments = input.texts("experiment_ids").stream()
                .map(MlflowInput::experimentId)
                .toList();
        if (experiments.isEmpty()) {
            throw TrackingRules.invalid("Missing value for required parameter 'experiment_ids'.");
        }
        var orders = SearchOrder.distinct(
                input.list("order_by").stream().map(LoggedModelResource::order).toList());
        var search = new Search(
                SearchFilter.parse(input.text("filter").orElse("")),
                orders,
                Optional.of(Lifecycle.ACTIVE),
                limit + 1,
                input.offset("logged-models"));
        var found = models.search(input.workspace(), experiments, search);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new MlflowFields()
                .list("models", page, LoggedModelResource::wire)
                .text(
                        "next_page_token",
                        MlflowInput.nextToken("logged-models", search.offset() + limit, found.size() > limit))
                .build();
    }

    private static SearchOrder order(MlflowInput input) {
        var key =
                TrackingRules.atMost("A key in order_by", input.requiredText("field_name"), SearchOrder.CLAUSE_LENGTH);
        return new SearchOrder("", key, input.flag("ascending").orElse(true));
    }

    private Value.Fields get(MlflowInput input) {
        return one(models.model(input.workspace(), input.parameter("model_id")));
    }

    private Value.Fields finish(MlflowInput input) {
        var text = input.requiredText("status");
        var status = LoggedModel.Status.of(text)
                .filter(s -> s == LoggedModel.Status.READY || s == LoggedModel.Status.FAILED)
                .orElseThrow(() -> TrackingRules.invalid(
                        "The status '" + text + "' is neither LOGGED_MODEL_READY nor LOGGED_MODEL_UPLOAD_FAILED."));
        return one(models.finish(
                input.workspace(),
                input.parameter("model_id"),
                status,
                input.text("status_message").orElse("")));
    }

    private Value.Fields delete(MlflowInput input) {
        models.delete(input.workspace(), input.parameter("model_id"));
        return Value.Fields.EMPTY;
    }

    private Value.Fields setTags(MlflowInput input) {
        models.setTags(input.workspace(), input.parameter("model_id"), input.tags("tags"));
        return Value.Fields.EMPTY;
    }

    private Value.Fields deleteTag(MlflowInput input) {
        models.deleteTag(input.workspace(), input.parameter("model_id"), input.parameter("key"));
        return Value.Fields.EMPTY;
    }

    private Value.Fields addParams(MlflowInput input) {
        models.addParams(input.workspace(), input.parameter("model_id"), RunInput.params(input));
        return Value.Fields.EMPTY;
    }

    private Value.Fields list(MlflowInput input) {
        var model = models.model(input.workspace(), input.parameter("model_id"));
        return ArtifactResource.listing(
                artifacts,
                input.workspace(),
                model.artifactUri(),
                input.text("artifact_directory_path").orElse(""));
    }

    private static Value.Fields one(LoggedModel model) {
        return new MlflowFields().fields("model", wire(model)).build();
    }

    private static Value.Fields wire(LoggedModel model) {
        var info = new MlflowFields()
                .anyText("model_id", model.id())
                .anyText("experiment_id", Long.toString(model.experimentId()))
                .anyText("name", model.name())
                .whole("creation_timestamp_ms", model.created().toEpochMilli())
                .whole("last_updated_timestamp_ms", model.changed().toEpochMilli())
                .anyText("artifact_uri", model.artifactUri())
                .anyText("status", model.status().text())
                .text("model_type", model.modelType())
                .text("source_run_id", model.sourceRunId())
                .text("status_message", model.statusMessage())
                .list("tags", model.tags(), RunWire::tag)
                .build();
        var data = new MlflowFields()
                .list("params", model.params(), RunWire::param)
                .list("metrics", model.metrics(), RunWire::modelMetric)
                .build();
        return new MlflowFields().fields("info", info).fields("data", data).build();
    }
}
