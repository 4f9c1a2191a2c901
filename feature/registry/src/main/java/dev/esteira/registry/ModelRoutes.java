package dev.esteira.registry;

import dev.esteira.http.Access;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.util.Optional;

/** The addresses below {@code /api/v1/models}. */
final class ModelRoutes {

    private static final String MODELS = "models";
    private static final String VERSIONS = "versions";

    private final ModelRegistry registry;

    ModelRoutes(ModelRegistry registry) {
        this.registry = registry;
    }

    Routes routes() {
        return Routes.of(
                MODELS,
                Route.get("/api/v1/models", this::list).access(Access.READ).describedAs("Lists the models by name."),
                Route.get("/api/v1/models/{name}", this::show)
                        .access(Access.READ)
                        .describedAs("A model."),
                Route.get("/api/v1/models/{name}/versions", this::versions)
                        .access(Access.READ)
                        .describedAs("Lists a model's versions, the newest first."),
                Route.get("/api/v1/models/{name}/versions/{number}", this::version)
                        .access(Access.READ)
                        .describedAs("A version."),
                Route.get("/api/v1/models/{name}/aliases/{alias}", this::alias)
                        .access(Access.READ)
                        .describedAs("The version that an alias names."),
                Route.put("/api/v1/models/{name}/aliases/{alias}", this::setAlias)
                        .access(Access.WRITE)
                        .describedAs(
                                "Moves an alias to a version, or makes it; 'expected' is the version seen before."),
                Route.delete("/api/v1/models/{name}/aliases/{alias}", this::deleteAlias)
                        .access(Access.WRITE)
                        .describedAs("Takes an alias away."));
    }

    private Response list(Request request) {
        var page = request.page(MODELS);
        var after = page.after()
                .flatMap(position -> position.text("name"))
                .map(name -> new ModelName(name).value())
                .orElse("");
        var found = registry.models(request.workspace(), after, page.size() + 1);
        var items = found.stream().limit(page.size()).toList();
        var next = found.size() > page.size()
                ? Optional.of(PageToken.encode(
                        MODELS,
                        Value.Fields.EMPTY.with(
                                "name", Value.of(items.getLast().name().value()))))
                : Optional.<String>empty();
        return Response.page(new Page<>(items, next).map(ModelRoutes::resource));
    }

    private Response show(Request request) {
        return Response.json(resource(registry.model(request.workspace(), name(request))));
    }

    private Response versions(Request request) {
        var page = request.page(VERSIONS);
        var below = page.after().flatMap(position -> position.whole("number")).orElse(Long.MAX_VALUE);
        var found = registry.versions(request.workspace(), name(request), below, page.size() + 1);
        var items = found.stream().limit(page.size()).toList();
        var next = found.size() > page.size()
                ? Optional.of(PageToken.encode(
                        VERSIONS,
                        Value.Fields.EMPTY.with(
                                "number", Value.of(items.getLast().number()))))
                : Optional.<String>empty();
        return Response.page(new Page<>(items, next).map(ModelRoutes::resource));
    }

    private Response version(Request request) {
        return Response.json(
                resource(registry.version(request.workspace(), name(request), number(request.parameter("number")))));
    }

    private Response alias(Request request) {
        var alias = new Alias(request.parameter("alias"));
        var version = registry.aliased(request.workspace(), name(request), alias)
                .orElseThrow(() -> new EsteiraException(
                        RegistryErrorCode.MODEL_ALIAS_NOT_FOUND,
                        "The model '" + name(request) + "' has no alias '" + alias + "'.",
                        "The list of its versions shows their aliases."));
        return Response.json(resource(version)).withEtag(Long.toString(version.number()));
    }

    private Response setAlias(Request request) throws IOException {
        var body = request.fields();
        var number = body.whole("version")
                .orElseThrow(() -> new EsteiraException(
                        RegistryErrorCode.MODEL_VERSION_NOT_FOUND,
                        "The request does not say which version the alias shall name.",
                        "Send {\"version\": 3}."));
        var version = registry.setAlias(
                request.workspace(),
                name(request),
                new Alias(request.parameter("alias")),
                number,
                body.whole("expected"));
        return Response.json(resource(version));
    }

    private Response deleteAlias(Request request) {
        registry.deleteAlias(
                request.workspace(), name(request), new Alias(request.parameter("alias")), Optional.empty());
        return Response.empty();
    }

    private static ModelName name(Request request) {
        return new ModelName(request.parameter("name"));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new EsteiraException(
                    RegistryErrorCode.MODEL_VERSION_NOT_FOUND,
                    "'" + text + "' is not the number of a version.",
                    "Versions are numbered 1, 2, 3.",
                    e);
        }
    }

    private static Value.Fields resource(RegisteredModel model) {
        return Value.Fields.EMPTY
                .with("id", Value.of(model.name().value()))
                .with("name", Value.of(model.name().value()))
                .with("description", Value.of(model.description()))
                .with("latestVersion", Value.of(model.lastVersion()))
                .with("created", Value.of(model.created().toString()))
                .with("changed", Value.of(model.changed().toString()));
    }

    private static Value.Fields resource(ModelVersion version) {
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(version.name() + "/" + version.number()))
                .with("model", Value.of(version.name().value()))
                .with("version", Value.of(version.number()))
                .with(
                        "aliases",
                        Value.ofTexts(
                                version.aliases().stream().map(Alias::value).toList()))
                .with("run", Value.of(version.run()))
                .with("source", Value.of(version.source()))
                .with("description", Value.of(version.description()))
                .with("created", Value.of(version.created().toString()));
        return version.digest().isEmpty()
                ? fields
                : fields.with("digest", Value.of(version.digest().get().toString()));
    }
}
