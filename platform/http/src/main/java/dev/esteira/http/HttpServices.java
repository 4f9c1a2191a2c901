package dev.esteira.http;

import java.util.List;

/**
 * What a server answers with.
 *
 * @param routes of every feature
 * @param guard decides who may call
 * @param surfaces where errors look another way
 * @param readiness what {@code /health/ready} asks
 */
public record HttpServices(List<Routes> routes, Guard guard, List<ErrorSurface> surfaces, List<Readiness> readiness) {

    public HttpServices {
        routes = List.copyOf(routes);
        surfaces = List.copyOf(surfaces);
        readiness = List.copyOf(readiness);
    }
}
