package dev.esteira.quality;

import dev.esteira.http.Access;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The address of what checks found. */
final class CheckRoutes {

    private static final String LIST = "check-results";

    private final CheckHistory history;

    CheckRoutes(CheckHistory history) {
        this.history = history;
    }

    Routes routes() {
        return Routes.of(
                LIST,
                Route.get("/api/v1/pipelines/{pipeline}/check-results", this::list)
                        .access(Access.READ)
                        .describedAs("What the checks of a pipeline found from run to run, the newest first;"
                                + " 'step' and 'check' choose."));
    }

    private Response list(Request request) {
        var page = request.page(LIST);
        var found = history.list(
                request.workspace(),
                request.parameter("pipeline"),
                request.query("step"),
                request.query("check"),
                page.after().map(CheckRoutes::place),
                page.size() + 1);
        var items = found.stream().limit(page.size()).toList();
        var next = found.size() > page.size()
                ? Optional.of(PageToken.encode(LIST, position(items.getLast().place())))
                : Optional.<String>empty();
        return Response.page(new Page<>(items, next).map(CheckRoutes::resource));
    }

    private static Value.Fields resource(CheckResult result) {
        var place = result.place();
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(String.join("/", place.run(), place.step(), place.check(), place.input())))
                .with("pipeline", Value.of(result.pipeline()))
                .with("run", Value.of(place.run()))
                .with("step", Value.of(place.step()))
                .with("checkId", Value.of(place.check()))
                .with("check", Value.of(result.kind()))
                .with("input", Value.of(place.input()))
                .with("severity", Value.of(result.severity()))
                .with("verdict", Value.of(result.verdict()))
                .with("cached", Value.of(result.cached()))
                .with("created", Value.of(place.created().toString()));
        return result.value().isPresent()
                ? fields.with("value", Value.of(result.value().get()))
                : fields;
    }

    private static Value.Fields position(CheckResult.Place place) {
        return Value.Fields.EMPTY
                .with("created", Value.of(place.created().toString()))
                .with("run", Value.of(place.run()))
                .with("step", Value.of(place.step()))
                .with("check", Value.of(place.check()))
                .with("input", Value.of(place.input()));
    }

    private static CheckResult.Place place(Value.Fields token) {
        try {
            return new CheckResult.Place(
                    Instant.parse(token.text("created").orElse("")),
                    token.text("run").orElse(""),
                    token.text("step").orElse(""),
                    token.text("check").orElse(""),
                    token.text("input").orElse(""));
        } catch (DateTimeException e) {
            throw new EsteiraException(
                    KernelErrorCode.MALFORMED_PAGE_TOKEN,
                    "The page token was not given out by this list.",
                    "Start again without a page token.",
                    e);
        }
    }
}
