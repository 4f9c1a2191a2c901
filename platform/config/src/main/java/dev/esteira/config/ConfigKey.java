package dev.esteira.config;

/**
 * A key of the configuration.
 *
 * @param name lower case, words joined by dashes, parts by dots, e.g. {@code http.hosts}
 * @param otherwise the value where the file has none, as text
 * @param documentation one sentence for the generated reference
 */
public record ConfigKey(String name, String otherwise, String documentation) {}
