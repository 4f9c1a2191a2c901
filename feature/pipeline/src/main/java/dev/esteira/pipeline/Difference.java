package dev.esteira.pipeline;

import java.util.Optional;

/**
 * One thing in which two keys differ.
 *
 * @param component the key's component, e.g. {@code params}
 * @param place a JSON pointer below it
 * @param file the path of the file at that place, where there is one
 * @param from what it was, empty when it was not there
 * @param to what it is, empty when it is gone
 */
public record Difference(
        MissCause cause,
        String component,
        String place,
        Optional<String> file,
        Optional<String> from,
        Optional<String> to) {}
