package dev.esteira.tracking;

import dev.esteira.document.Json;
import dev.esteira.http.Method;
import dev.esteira.http.PageToken;
import dev.esteira.http.Route;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** MLflow's calls for runs, metrics and the list of a run's artifacts. */
final class RunResource {

    private static final int SEARCH_DEFAULT = 1000;

    @Limit(value = "Points of one page of a metric's history.", unit = "points")
    private static final int HISTORY_MAX = 25_000;

    private static final String MODEL_HISTORY = "mlflow.log-model.history";

    private final Tracking tracking;
    private final RunArtifacts artifacts;

    RunResource(Tracking tracking, RunArtifacts artifacts) {
        this.tracking = tracking;
        this.artifacts = artifacts;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/create", "Begins a run.", this::create));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/update", "Changes or ends a run.", this::update));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/delete", "Deletes a run.", this::delete));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/restore", "Restores a run.", this::restore));
        routes.addAll(MlflowRoutes.read(Method.GET, "/runs/get", "A run with what it logged.", this::get));
        routes.addAll(MlflowRoutes.read(Method.POST, "/runs/search", "Finds runs.", this::search));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/log-metric", "Logs a metric.", this::logMetric));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/log-parameter", "Logs a param.", this::logParam));
        routes.addAll(
                MlflowRoutes.write(Method.POST, "/runs/log-batch", "Logs metrics, params and tags.", this::logBatch));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/set-tag", "Sets a tag of a run.", this::setTag));
        routes.addAll(MlflowRoutes.write(Method.POST, "/runs/delete-tag", "Removes a tag of a run.", this::deleteTag));
        routes.addAll(
                MlflowRoutes.write(Method.POST, "/runs/log-model", "Notes a model that a run wrote.", this::logModel));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/runs/log-inputs", "Notes data sets and models that a run read.", this::logInputs));
        routes.addAll(
                MlflowRoutes.write(Method.POST, "/runs/outputs", "Notes models that a run made.", this::logOutputs));
        routes.addAll(MlflowRoutes.read(Method.GET, "/metrics/get-history", "The points of a metric.", this::history));
        routes.addAll(MlflowRoutes.read(Method.GET, "/artifacts/list", "A folder of a run's artifacts.", this::list));
        return routes;
    }

    private Value.Fields create(MlflowInput input) {
        var run = tracking.create(
                input.workspace(),
                input.text("experiment_id")
                        .filter(text -> !text.isEmpty())
                        .map(MlflowInput::experimentId)
                        .orElse(Experiment.DEFAULT_ID),
                input.text("user_id").orElse(""),
                input.millis("start_time"),
                input.text("run_name").filter(text -> !text.isEmpty()),
                input.tags("tags"));
        return new MlflowFields().fields("run", RunWire.run(run)).build();
    }

    private Value.Fields update(MlflowInput input) {
        // MLflow ignores a status that it does not know.
        var info = tracking.update(
                input.workspace(),
                input.runId(),
                input.text("status").flatMap(RunStatus::of),
                input.whole("end_time"),
                input.text("run_name").filter(text -> !text.isEmpty()));
        return new MlflowFields().fields("run_info", RunWire.info(info)).build();
    }

    private Value.Fields delete(MlflowInput input) {
        tracking.delete(input.workspace(), input.runId());
        return Value.Fields.EMPTY;
    }

    private Value.Fields restore(MlflowInput input) {
        tracking.restore(input.workspace(), input.runId());
        return Value.Fields.EMPTY;
    }

    private Value.Fields get(MlflowInput input) {
        var run = tracking.run(input.workspace(), input.runId());
        return new MlflowFields().fields("run", RunWire.run(run)).build();
    }

    private Value.Fields search(MlflowInput input) {
        var limit = input.limit(SEARCH_DEFAULT, Tracking.SEARCH_MAX);
        var experiments = input.texts("experiment_ids").stream()
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .toList();
        var search = input.search("runs", input.view("run_view_type"), limit);
        var found = tracking.search(input.workspace(), experiments, search);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new MlflowFields()
                .list("runs", page, RunWire::run)
                .text("next_page_token", MlflowInput.nextToken("runs", search.offset() + limit, found.size() > limit))
                .build();
    }

    private Value.Fields logMetric(MlflowInput input) {
        var metrics = List.of(RunInput.metric(input));
        var ofModel = RunInput.modelMetric(input).stream().toList();
        tracking.log(input.workspace(), input.runId(), Logged.metrics(metrics), ofModel);
        return Value.Fields.EMPTY;
    }

    private Value.Fields logParam(MlflowInput input) {
        tracking.log(input.workspace(), input.runId(), Logged.params(List.of(RunInput.param(input))));
        return Value.Fields.EMPTY;
    }

    private Value.Fields logBatch(MlflowInput input) {
        var metrics = input.list("metrics");
        var logged =
                new Logged(metrics.stream().map(RunInput::metric).toList(), RunInput.params(input), input.tags("tags"));
        var ofModels = metrics.stream()
                .flatMap(metric -> RunInput.modelMetric(metric).stream())
                .toList();
        tracking.log(input.workspace(), input.runId(), logged, ofModels);
        return Value.Fields.EMPTY;
    }

    private Value.Fields setTag(MlflowInput input) {
        var tag = new Tag(input.requiredText("key"), input.text("value").orElse(""));
        tracking.log(input.workspace(), input.runId(), Logged.tags(List.of(tag)));
        return Value.Fields.EMPTY;
    }

    private Value.Fields deleteTag(MlflowInput input) {
        tracking.deleteTag(input.workspace(), input.runId(), input.requiredText("key"));
        return Value.Fields.EMPTY;
    }

    /** Appends what an old client says of its model to a tag of the run. */
    private Value.Fields logModel(MlflowInput input) {
        var model = Json.parseFields(input.requiredText("model_json"));
        tracking.appendToTag(input.workspace(), input.runId(), MODEL_HISTORY, model);
        return Value.Fields.EMPTY;
    }

    private Value.Fields logInputs(MlflowInput input) {
        tracking.relate(
                input.workspace(),
                input.runId(),
                input.list("datasets").stream().map(RunInput::dataset).toList(),
                input.list("models").stream()
                        .map(model -> RunInput.modelLink(model, ModelLink.Direction.INPUT))
                        .toList());
        return Value.Fields.EMPTY;
    }

    private Value.Fields logOutputs(MlflowInput input) {
        var models = input.list("models").stream()
                .map(model -> RunInput.modelLink(model, ModelLink.Direction.OUTPUT))
                .toList();
        tracking.relate(input.workspace(), input.runId(), List.of(), models);
        return Value.Fields.EMPTY;
    }

    private Value.Fields history(MlflowInput input) {
        var key = input.requiredText("metric_key");
        var limit = Math.min(input.limit(HISTORY_MAX, Integer.MAX_VALUE), HISTORY_MAX);
        var after = input.text("page_token")
                .filter(text -> !text.isEmpty())
                .map(token -> point(key, PageToken.decode("history", token)));
        var found = tracking.history(input.workspace(), input.runId(), key, after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var token = found.size() > limit
                ? Optional.of(PageToken.encode("history", position(page.getLast())))
                : Optional.<String>empty();
        return new MlflowFields()
                .list("metrics", page, RunWire::metric)
                .text("next_page_token", token)
                .build();
    }

    private static Value.Fields position(Metric metric) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("timestamp", Value.of(metric.loggedMillis()));
        fields.put("step", Value.of(metric.step()));
        fields.put("value", Value.of(metric.storedValue()));
        fields.put("nan", Value.of(metric.nan()));
        return Value.ofFields(fields);
    }

    private static Metric point(String key, Value.Fields position) {
        return Metric.ofStored(
                key,
                position.number("value").orElse(0.0),
                position.flag("nan").orElse(false),
                position.whole("timestamp").orElse(0L),
                position.whole("step").orElse(0L));
    }

    private Value.Fields list(MlflowInput input) {
        var workspace = input.workspace();
        var run = tracking.run(workspace, input.runId());
        return ArtifactResource.listing(
                artifacts,
                workspace,
                run.info().artifactUri(),
                input.text("path").orElse(""));
    }
}
