package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Paths of routes and of requests, segment by segment. */
final class PathTemplate {

    private PathTemplate() {}

    static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    static boolean takesRest(String segment) {
        return isParameter(segment) && segment.endsWith("*}");
    }

    /** The segments of a route's path. */
    static List<String> segments(String path) {
        var segments = split(path);
        for (var index = 0; index < segments.size(); index++) {
            var last = index == segments.size() - 1;
            if (!last && takesRest(segments.get(index))) {
                throw new IllegalArgumentException("Only the last segment of a route takes the rest: " + path);
            }
        }
        return segments;
    }

    /** The names of a route's parameters in their order. */
    static List<String> parameters(String path) {
        return split(path).stream()
                .filter(PathTemplate::isParameter)
                .map(segment -> segment.substring(1, segment.length() - (takesRest(segment) ? 2 : 1)))
                .toList();
    }

    /**
     * The segments of a request's path, each decoded once.
     *
     * @throws EsteiraException MALFORMED_REQUEST for a broken escape, a control character, {@code .} or {@code ..}
     */
    static List<String> plainSegments(String rawPath, int most) {
        if (!rawPath.startsWith("/")) {
            throw malformed("does not start with a slash");
        }
        var raw = split(rawPath);
        if (raw.size() > most) {
            throw malformed("has more than " + most + " segments");
        }
        var segments = new ArrayList<String>(raw.size());
        for (var segment : raw) {
            var decoded = Percent.decode(segment).orElseThrow(() -> malformed("has a broken percent escape"));
            if (decoded.chars().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
                throw malformed("has a control character");
            }
            if (upwards(decoded)) {
                throw malformed("has a segment '.' or '..'");
            }
            segments.add(decoded);
        }
        return segments;
    }

    /** Whether any reading of the segment, with either slash as a separator, has a step to itself or upwards. */
    private static boolean upwards(String segment) {
        return Arrays.stream(segment.split("[/\\\\]", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static List<String> split(String path) {
        return path.equals("/") ? List.of() : Arrays.asList(path.substring(1).split("/", -1));
    }

    private static EsteiraException malformed(String what) {
        return Request.malformed("The path " + what + ".", "");
    }
}
