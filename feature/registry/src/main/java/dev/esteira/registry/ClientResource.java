package dev.esteira.registry;

import dev.esteira.http.Method;
import dev.esteira.http.Route;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.registry.ClientRegistry.ModelView;
import dev.esteira.registry.ClientRegistry.VersionView;
import dev.esteira.tracking.MlflowFields;
import dev.esteira.tracking.MlflowInput;
import dev.esteira.tracking.MlflowRoutes;
import dev.esteira.tracking.Tag;
import dev.esteira.tracking.TrackingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MLflow's calls for registered models, their versions and aliases. */
final class ClientResource {

    private static final int MODELS_DEFAULT = 100;

    @Limit(value = "Models of one page of MLflow's search.", unit = "items")
    private static final int MODELS_MAX = 1000;

    private static final int VERSIONS_DEFAULT = 10_000;

    @Limit(value = "Versions of one page of MLflow's search.", unit = "items")
    private static final int VERSIONS_MAX = 200_000;

    private final ClientRegistry clients;
    private final ModelRegistry registry;

    ClientResource(ClientRegistry clients, ModelRegistry registry) {
        this.clients = clients;
        this.registry = registry;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        var model = "/registered-models/";
        routes.addAll(MlflowRoutes.write(Method.POST, model + "create", "Makes a registered model.", this::create));
        routes.addAll(MlflowRoutes.read(Method.GET, model + "get", "A registered model.", this::get));
        routes.addAll(MlflowRoutes.write(Method.PATCH, model + "update", "Describes a model.", this::update));
        routes.addAll(MlflowRoutes.write(Method.DELETE, model + "delete", "Deletes a model.", this::delete));
        routes.addAll(MlflowRoutes.read(Method.GET, model + "search", "Finds registered models.", this::search));
        routes.addAll(MlflowRoutes.read(Method.POST, model + "search", "Finds registered models.", this::search));
        for (var method : List.of(Method.GET, Method.POST)) {
            routes.addAll(MlflowRoutes.read(
                    method, model + "get-latest-versions", "The newest version of a model.", this::latest));
        }
        routes.addAll(MlflowRoutes.write(Method.POST, model + "set-tag", "Sets a tag of a model.", this::setModelTag));
        routes.addAll(MlflowRoutes.write(
                Method.DELETE, model + "delete-tag", "Removes a tag of a model.", this::deleteModelTag));
        routes.addAll(MlflowRoutes.write(Method.POST, model + "alias", "Moves an alias to a version.", this::setAlias));
        routes.addAll(MlflowRoutes.read(Method.GET, model + "alias", "The version that an alias names.", this::alias));
        routes.addAll(MlflowRoutes.write(Method.DELETE, model + "alias", "Takes an alias away.", this::deleteAlias));
        routes.addAll(versionRoutes());
        return routes;
    }

    private List<Route> versionRoutes() {
        var routes = new ArrayList<Route>();
        var version = "/model-versions/";
        routes.addAll(MlflowRoutes.write(Method.POST, version + "create", "Registers a version.", this::register));
        routes.addAll(MlflowRoutes.read(Method.GET, version + "get", "A version.", this::version));
        routes.addAll(MlflowRoutes.read(Method.GET, version + "search", "Finds versions.", this::searchVersions));
        routes.addAll(MlflowRoutes.read(
                Method.GET, version + "get-download-uri", "Where a version's files are read.", this::downloadUri));
        routes.addAll(
                MlflowRoutes.write(Method.PATCH, version + "update", "Describes a version.", this::updateVersion));
        routes.addAll(MlflowRoutes.write(Method.DELETE, version + "delete", "Deletes a version.", this::deleteVersion));
        routes.addAll(
                MlflowRoutes.write(Method.POST, version + "set-tag", "Sets a tag of a version.", this::setVersionTag));
        routes.addAll(MlflowRoutes.write(
                Method.DELETE, version + "delete-tag", "Removes a tag of a version.", this::deleteVersionTag));
        return routes;
    }

    private Value.Fields create(MlflowInput input) {
        return one(clients.create(
                input.workspace(), name(input), input.text("description").orElse(""), input.tags("tags")));
    }

    private Value.Fields get(MlflowInput input) {
        return one(clients.model(input.workspace(), name(input)));
    }

    private Value.Fields update(MlflowInput input) {
        return one(clients.describe(
                input.workspace(), name(input), input.text("description").orElse("")));
    }

    private Value.Fields delete(MlflowInput input) {
        clients.delete(input.workspace(), name(input));
        return Value.Fields.EMPTY;
    }

    private Value.Fields search(MlflowInput input) {
        var limit = input.limit(MODELS_DEFAULT, MODELS_MAX);
        var search = input.search("registered-models", Optional.empty(), limit);
        var found = clients.models(input.workspace(), search);
        return new MlflowFields()
                .list("registered_models", found.subList(0, Math.min(limit, found.size())), ClientResource::wire)
                .text(
                        "next_page_token",
                        MlflowInput.nextToken("registered-models", search.offset() + limit, found.size() > limit))
                .build();
    }

    private Value.Fields latest(MlflowInput input) {
        var model = clients.model(input.workspace(), name(input));
        return new MlflowFields()
                .list("model_versions", model.latest().stream().toList(), ClientResource::wire)
                .build();
    }

    private Value.Fields setModelTag(MlflowInput input) {
        clients.setTag(input.workspace(), name(input), 0, tag(input));
        return Value.Fields.EMPTY;
    }

    private Value.Fields deleteModelTag(MlflowInput input) {
        clients.deleteTag(input.workspace(), name(input), 0, input.requiredText("key"));
        return Value.Fields.EMPTY;
    }

    private Value.Fields setAlias(MlflowInput input) {
        var alias = new Alias(input.requiredText("alias"));
        registry.setAlias(input.workspace(), name(input), alias, number(input), Optional.empty());
        return Value.Fields.EMPTY;
    }

    private Value.Fields alias(MlflowInput input) {
        return one(clients.aliased(input.workspace(), name(input), input.requiredText("alias")));
    }

    private Value.Fields deleteAlias(MlflowInput input) {
        registry.deleteAlias(input.workspace(), name(input), new Alias(input.requiredText("alias")), Optional.empty());
        return Value.Fields.EMPTY;
    }

    private Value.Fields register(MlflowInput input) {
        return one(clients.register(
                input.workspace(),
                name(input),
                input.requiredText("source"),
                input.text("run_id").orElse(""),
                input.text("description").orElse(""),
                input.tags("tags")));
    }

    private Value.Fields version(MlflowInput input) {
        return one(clients.version(input.workspace(), name(input), number(input)));
    }

    private Value.Fields searchVersions(MlflowInput input) {
        var limit = input.limit(VERSIONS_DEFAULT, VERSIONS_MAX);
        var search = input.search("model-versions", Optional.empty(), limit);
        var found = clients.versions(input.workspace(), search);
        return new MlflowFields()
                .list("model_versions", found.subList(0, Math.min(limit, found.size())), ClientResource::wire)
                .text(
                        "next_page_token",
                        MlflowInput.nextToken("model-versions", search.offset() + limit, found.size() > limit))
                .build();
    }

    private Value.Fields downloadUri(MlflowInput input) {
        var version = clients.version(input.workspace(), name(input), number(input));
        return new MlflowFields().anyText("artifact_uri", version.location()).build();
    }

    private Value.Fields updateVersion(MlflowInput input) {
        return one(clients.describe(
                input.workspace(),
                name(input),
                number(input),
                input.text("description").orElse("")));
    }

    private Value.Fields deleteVersion(MlflowInput input) {
        clients.delete(input.workspace(), name(input), number(input));
        return Value.Fields.EMPTY;
    }

    private Value.Fields setVersionTag(MlflowInput input) {
        clients.setTag(input.workspace(), name(input), number(input), tag(input));
        return Value.Fields.EMPTY;
    }

    private Value.Fields deleteVersionTag(MlflowInput input) {
        clients.deleteTag(input.workspace(), name(input), number(input), input.requiredText("key"));
        return Value.Fields.EMPTY;
    }

    private static ModelName name(MlflowInput input) {
        return new ModelName(input.requiredText("name"));
    }

    private static long number(MlflowInput input) {
        return input.whole("version")
                .filter(number -> number >= 1)
                .orElseThrow(() -> TrackingRules.invalid("Missing or wrong value for parameter 'version': 1, 2, 3…"));
    }

    private static Tag tag(MlflowInput input) {
        return new Tag(input.requiredText("key"), input.text("value").orElse(""));
    }

    private static Value.Fields one(ModelView model) {
        return new MlflowFields().fields("registered_model", wire(model)).build();
    }

    private static Value.Fields one(VersionView version) {
        return new MlflowFields().fields("model_version", wire(version)).build();
    }

    private static Value.Fields wire(Tag tag) {
        return new MlflowFields()
                .anyText("key", tag.key())
                .anyText("value", tag.value())
                .build();
    }

    private static Value.Fields wire(ModelView view) {
        return new MlflowFields()
                .anyText("name", view.model().name().value())
                .whole("creation_timestamp", view.model().created().toEpochMilli())
                .whole("last_updated_timestamp", view.model().changed().toEpochMilli())
                .text("description", view.model().description())
                .list("latest_versions", view.latest().stream().toList(), ClientResource::wire)
                .list("tags", view.tags(), ClientResource::wire)
                .list(
                        "aliases",
                        view.aliases(),
                        alias -> new MlflowFields()
                                .anyText("alias", alias.name())
                                .anyText("version", Long.toString(alias.number()))
                                .build())
                .build();
    }

    private static Value.Fields wire(VersionView view) {
        var version = view.version();
        return new MlflowFields()
                .anyText("name", version.name().value())
                .anyText("version", Long.toString(version.number()))
                .whole("creation_timestamp", version.created().toEpochMilli())
                .whole("last_updated_timestamp", version.changed().toEpochMilli())
                .anyText("current_stage", "None")
                .text("description", version.description())
                .anyText("source", version.source())
                .text("run_id", version.trackedRun())
                .anyText("status", "READY")
                .list("tags", view.tags(), ClientResource::wire)
                .list("aliases", version.aliases(), alias -> Value.of(alias.value()))
                .build();
    }
}
