package dev.esteira.tracking;

import dev.esteira.http.Access;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import java.util.List;

/** What MLflow's clients ask a server about itself. Features that Esteira lacks have no address, which says so. */
final class ServerResource {

    private ServerResource() {}

    static List<Route> routes(String mlflowVersion) {
        return List.of(
                Route.get("/version", request -> Response.text(mlflowVersion))
                        .access(Access.OPEN)
                        .describedAs("The version of MLflow whose protocol is spoken."),
                Route.get("/health", request -> Response.text("OK"))
                        .access(Access.OPEN)
                        .describedAs("Whether the server answers, as MLflow's clients ask."));
    }
}
