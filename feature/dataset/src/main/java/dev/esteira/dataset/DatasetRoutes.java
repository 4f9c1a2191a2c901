package dev.esteira.dataset;

import dev.esteira.http.Access;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The addresses below {@code /api/v1/datasets}. */
final class DatasetRoutes {

    private static final String LIST = "datasets";

    private final Datasets datasets;

    DatasetRoutes(Datasets datasets) {
        this.datasets = datasets;
    }

    Routes routes() {
        return Routes.of(
                LIST,
                Route.get("/api/v1/datasets", this::list)
                        .access(Access.READ)
                        .describedAs("Lists the data sets, the newest first."),
                Route.get("/api/v1/datasets/{digest}", this::show)
                        .access(Access.READ)
                        .describedAs("A data set with its columns."),
                Route.get("/api/v1/datasets/{digest}/profile", this::profile)
                        .access(Access.READ)
                        .describedAs("The profile of a data set's columns."));
    }

    private Response list(Request request) {
        var page = request.page(LIST);
        var found = datasets.list(request.workspace(), page.after().map(DatasetRoutes::position), page.size() + 1);
        var items = found.stream().limit(page.size()).toList();
        var next = found.size() > page.size()
                ? Optional.of(PageToken.encode(LIST, position(items.getLast())))
                : Optional.<String>empty();
        return Response.page(new Page<>(items, next).map(DatasetRoutes::resource));
    }

    private Response show(Request request) throws IOException {
        var digest = digest(request);
        var version = datasets.require(request.workspace(), digest);
        var description = datasets.description(request.workspace(), digest);
        return Response.json(resource(version)
                .with("schema", description.field("columns").orElse(Value.NOTHING))
                .with("orderBy", description.field("orderBy").orElse(Value.NOTHING)));
    }

    private Response profile(Request request) throws IOException {
        return Response.json(datasets.profile(request.workspace(), digest(request)));
    }

    private static Digest digest(Request request) {
        try {
            return Digest.parse(request.parameter("digest"));
        } catch (IllegalArgumentException e) {
            throw new EsteiraException(
                    DatasetErrorCode.DATASET_NOT_FOUND,
                    "'" + request.parameter("digest") + "' is not the digest of a data set.",
                    "Use the 64 hexadecimal digits that the list shows.",
                    e);
        }
    }

    private static Value.Fields resource(DatasetVersion version) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("id", Value.of(version.digest().hex()));
        fields.put("rows", Value.of(version.rows()));
        fields.put("columns", Value.of(version.columns()));
        fields.put("size", Value.of(version.size()));
        fields.put("run", Value.of(version.first().run()));
        fields.put("step", Value.of(version.first().step()));
        fields.put("output", Value.of(version.first().output()));
        fields.put("created", Value.of(version.created().toString()));
        return Value.ofFields(fields);
    }

    private static Value.Fields position(DatasetVersion version) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("created", Value.of(version.created().toString()));
        fields.put("digest", Value.of(version.digest().hex()));
        return Value.ofFields(fields);
    }

    private static Datasets.Position position(Value.Fields token) {
        try {
            return new Datasets.Position(
                    Instant.parse(token.text("created").orElse("")),
                    token.text("digest").orElse(""));
        } catch (DateTimeException e) {
            throw new EsteiraException(
                    KernelErrorCode.MALFORMED_PAGE_TOKEN,
                    "The page token was not given out by this list.",
                    "Start again without a page token.",
                    e);
        }
    }
}
