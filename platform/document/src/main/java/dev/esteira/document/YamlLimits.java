package dev.esteira.document;

/**
 * How large a YAML file may be.
 *
 * @param maxBytes of the file
 * @param maxDepth of lists and maps inside each other
 * @param maxValues in the whole document, aliases counted as often as they are used
 * @param maxAliases in the whole document
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxValues, int maxAliases) {

    /** For files that people write: 1 MiB, 50 deep, 50 000 values, 100 aliases. */
    public static final YamlLimits DEFAULT = new YamlLimits(1 << 20, 50, 50_000, 100);
}
