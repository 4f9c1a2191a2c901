package dev.esteira.http;

import java.util.Arrays;
import java.util.List;

/**
 * What a feature hands over to be served.
 *
 * @param tag the feature's word in the API description, e.g. {@code pipelines}
 */
public record Routes(String tag, List<Route> routes) {

    public Routes {
        routes = List.copyOf(routes);
    }

    /** These routes under one tag. */
    public static Routes of(String tag, Route... routes) {
        return new Routes(tag, Arrays.asList(routes));
    }
}
