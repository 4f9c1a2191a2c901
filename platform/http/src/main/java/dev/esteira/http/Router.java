package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes. Literal segments win over parameters, and a parameter over one that takes all that follows.
 * Immutable once built.
 */
final class Router {

    @Limit(value = "Segments of an address.", unit = "segments")
    private static final int MAX_SEGMENTS = 100;

    private final Node root = new Node();

    private static final class Node {
        final Map<String, Node> literals = new LinkedHashMap<>();

        @Nullable
        Node parameter;

        final Map<Method, Route> ends = new EnumMap<>(Method.class);
        final Map<Method, Route> tails = new EnumMap<>(Method.class);
    }

    /** What a path leads to. */
    sealed interface Match {

        /** A route, and what stands for its parameters. */
        record Found(Route route, Map<String, String> parameters) implements Match {
            public Found {
                parameters = Map.copyOf(parameters);
            }
        }

        /** Only other methods have a route there. */
        record OtherMethods(Set<Method> allowed) implements Match {
            public OtherMethods {
                allowed = Collections.unmodifiableSet(new TreeSet<>(allowed));
            }
        }

        /** Nothing is there. */
        record Nothing() implements Match {}
    }

    private record Candidate(Map<Method, Route> routes, List<String> values) {
        Candidate {
            routes = Map.copyOf(routes);
            values = List.copyOf(values);
        }
    }

    /**
     * Builds the table.
     *
     * @throws EsteiraException UNDECLARED_ROUTE, AMBIGUOUS_ROUTE
     */
    Router(List<Routes> features) {
        features.forEach(feature -> feature.routes().forEach(this::add));
    }

    private void add(Route route) {
        if (route.access().isEmpty()) {
            throw new EsteiraException(
                    HttpErrorCode.UNDECLARED_ROUTE,
                    "The route " + route.method() + " " + route.path() + " does not say who may call it.",
                    "Declare its access.");
        }
        var node = root;
        var segments = PathTemplate.segments(route.path());
        for (var segment : segments) {
            if (PathTemplate.takesRest(segment)) {
                put(node.tails, route);
                return;
            }
            node = child(node, segment);
        }
        put(node.ends, route);
    }

    private static Node child(Node node, String segment) {
        if (!PathTemplate.isParameter(segment)) {
            return node.literals.computeIfAbsent(segment, ignored -> new Node());
        }
        var parameter = node.parameter == null ? new Node() : node.parameter;
        node.parameter = parameter;
        return parameter;
    }

    private static void put(Map<Method, Route> routes, Route route) {
        var other = routes.putIfAbsent(route.method(), route);
        if (other != null) {
            throw new EsteiraException(
                    HttpErrorCode.AMBIGUOUS_ROUTE,
                    "The routes " + route.method() + " " + other.path() + " and " + route.path()
                            + " answer the same addresses.",
                    "Remove one of them.");
        }
    }

    /**
     * Finds the route of a path.
     *
     * @param rawPath as sent
     * @throws EsteiraException MALFORMED_REQUEST when the path is not a plain one
     */
    Match find(Method method, String rawPath) {
        var segments = PathTemplate.plainSegments(rawPath, MAX_SEGMENTS);
        var found = walk(root, segments, 0, List.of(), method);
        var allowed = new TreeSet<Method>();
        for (var candidate : found) {
            var route = candidate.routes().get(method);
            if (route != null) {
                return new Match.Found(route, parameters(route, candidate.values()));
            }
            allowed.addAll(candidate.routes().keySet());
        }
        return allowed.isEmpty() ? new Match.Nothing() : new Match.OtherMethods(allowed);
    }

    /** Every end that the segments lead to, the most literal first; at most two ways part at a segment. */
    private static List<Candidate> walk(Node node, List<String> segments, int at, List<String> values, Method method) {
        var found = new ArrayList<Candidate>();
        if (at == segments.size()) {
            if (!node.ends.isEmpty()) {
                found.add(new Candidate(node.ends, values));
            }
            return found;
        }
        var literal = node.literals.get(segments.get(at));
        if (literal != null) {
            found.addAll(walk(literal, segments, at + 1, values, method));
        }
        if (node.parameter != null && !segments.get(at).isEmpty()) {
            found.addAll(walk(node.parameter, segments, at + 1, plus(values, segments.get(at)), method));
        }
        if (!node.tails.isEmpty()) {
            tail(segments.subList(at, segments.size()))
                    .ifPresent(rest -> found.add(new Candidate(node.tails, plus(values, rest))));
        }
        return found;
    }

    private static Optional<String> tail(List<String> segments) {
        var plain = segments.stream().noneMatch(s -> s.isEmpty() || s.indexOf('/') >= 0 || s.indexOf('\\') >= 0);
        return plain ? Optional.of(String.join("/", segments)) : Optional.empty();
    }

    private static List<String> plus(List<String> values, String value) {
        var more = new ArrayList<>(values);
        more.add(value);
        return more;
    }

    private static Map<String, String> parameters(Route route, List<String> values) {
        var names = PathTemplate.parameters(route.path());
        var parameters = new LinkedHashMap<String, String>();
        for (var index = 0; index < names.size(); index++) {
            parameters.put(names.get(index), values.get(index));
        }
        return parameters;
    }
}
