package dev.esteira.http;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether the process lives, and whether it can do its work. */
final class HealthResource {

    private final List<Readiness> parts;
    private final BooleanSupplier stopping;

    HealthResource(List<Readiness> parts, BooleanSupplier stopping) {
        this.parts = parts;
        this.stopping = stopping;
    }

    Routes routes() {
        return Routes.of(
                "operations",
                Route.get("/health/live", request -> Response.json(state("LIVE")))
                        .access(Access.OPEN)
                        .describedAs("Says that the process answers."),
                Route.get("/health/ready", request -> ready())
                        .access(Access.OPEN)
                        .describedAs("Says whether the server can do its work, else why not, with status 503."));
    }

    private Response ready() {
        var obstacles = parts.stream()
                .map(Readiness::obstacle)
                .flatMap(Optional::stream)
                .toList();
        if (stopping.getAsBoolean()) {
            return Response.json(503, state("STOPPING"));
        }
        return obstacles.isEmpty()
                ? Response.json(state("READY"))
                : Response.json(503, state("NOT_READY").with("obstacles", Value.ofTexts(obstacles)));
    }

    private static Value.Fields state(String word) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("state", Value.of(word));
        return Value.ofFields(fields);
    }
}
