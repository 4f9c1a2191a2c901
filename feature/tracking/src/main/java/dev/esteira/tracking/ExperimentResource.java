package dev.esteira.tracking;

import dev.esteira.http.Method;
import dev.esteira.http.Route;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;

/** MLflow's calls for experiments. */
final class ExperimentResource {

    @Limit(value = "Experiments of one page of MLflow's search.", unit = "items")
    private static final int SEARCH_MAX = 50_000;

    private final Experiments experiments;

    ExperimentResource(Experiments experiments) {
        this.experiments = experiments;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(MlflowRoutes.write(Method.POST, "/experiments/create", "Makes an experiment.", this::create));
        routes.addAll(MlflowRoutes.read(Method.POST, "/experiments/search", "Finds experiments.", this::search));
        routes.addAll(MlflowRoutes.read(Method.GET, "/experiments/search", "Finds experiments.", this::search));
        routes.addAll(MlflowRoutes.read(Method.GET, "/experiments/get", "An experiment by its id.", this::get));
        routes.addAll(
                MlflowRoutes.read(Method.GET, "/experiments/get-by-name", "An experiment by its name.", this::byName));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/experiments/delete", "Deletes an experiment with its runs.", this::delete));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/experiments/restore", "Restores an experiment with its runs.", this::restore));
        routes.addAll(MlflowRoutes.write(Method.POST, "/experiments/update", "Renames an experiment.", this::update));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/experiments/set-experiment-tag", "Sets a tag of an experiment.", this::setTag));
        routes.addAll(MlflowRoutes.write(
                Method.POST, "/experiments/delete-experiment-tag", "Removes a tag of an experiment.", this::deleteTag));
        return routes;
    }

    private Value.Fields create(MlflowInput input) {
        var made = experiments.create(
                input.workspace(),
                input.requiredText("name"),
                input.text("artifact_location").filter(text -> !text.isEmpty()),
                input.tags("tags"));
        return new MlflowFields()
                .anyText("experiment_id", Long.toString(made.id()))
                .build();
    }

    private Value.Fields search(MlflowInput input) {
        var limit = input.limit(0, SEARCH_MAX);
        var search = input.search("experiments", input.view("view_type"), limit);
        var found = experiments.search(input.workspace(), search);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new MlflowFields()
                .list("experiments", page, ExperimentResource::wire)
                .text(
                        "next_page_token",
                        MlflowInput.nextToken("experiments", search.offset() + limit, found.size() > limit))
                .build();
    }

    private Value.Fields get(MlflowInput input) {
        return one(experiments.byId(input.workspace(), input.experimentId()));
    }

    private Value.Fields byName(MlflowInput input) {
        var name = input.requiredText("experiment_name");
        return one(experiments
                .byName(input.workspace(), name)
                .orElseThrow(() -> TrackingRules.missing("There is no experiment named '" + name + "'.")));
    }

    private static Value.Fields one(Experiment experiment) {
        return new MlflowFields().fields("experiment", wire(experiment)).build();
    }

    private Value.Fields delete(MlflowInput input) {
        experiments.delete(input.workspace(), input.experimentId());
        return Value.Fields.EMPTY;
    }

    private Value.Fields restore(MlflowInput input) {
        experiments.restore(input.workspace(), input.experimentId());
        return Value.Fields.EMPTY;
    }

    private Value.Fields update(MlflowInput input) {
        experiments.rename(input.workspace(), input.experimentId(), input.requiredText("new_name"));
        return Value.Fields.EMPTY;
    }

    private Value.Fields setTag(MlflowInput input) {
        var tag = new Tag(input.requiredText("key"), input.text("value").orElse(""));
        experiments.setTag(input.workspace(), input.experimentId(), tag);
        return Value.Fields.EMPTY;
    }

    private Value.Fields deleteTag(MlflowInput input) {
        experiments.deleteTag(input.workspace(), input.experimentId(), input.requiredText("key"));
        return Value.Fields.EMPTY;
    }

    private static Value.Fields wire(Experiment experiment) {
        return new MlflowFields()
                .anyText("experiment_id", Long.toString(experiment.id()))
                .anyText("name", experiment.name())
                .anyText("artifact_location", experiment.artifactLocation())
                .anyText("lifecycle_stage", experiment.lifecycle().text())
                .whole("last_update_time", experiment.changed().toEpochMilli())
                .whole("creation_time", experiment.created().toEpochMilli())
                .list("tags", experiment.tags(), RunWire::tag)
                .build();
    }
}
