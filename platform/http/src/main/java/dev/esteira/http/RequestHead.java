package dev.esteira.http;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A request before its body.
 *
 * @param headerValue looks a header up by name
 */
record RequestHead(
        String id,
        String rawPath,
        Map<String, List<String>> query,
        Function<String, Optional<String>> headerValue,
        OptionalLong contentLength) {

    RequestHead {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    Optional<String> header(String name) {
        return headerValue.apply(name);
    }

    /** Whether an If-Match or If-None-Match header names a version. */
    boolean names(String header, String version) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals('"' + version + '"'));
    }
}
