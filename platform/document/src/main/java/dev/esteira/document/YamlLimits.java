package dev.esteira.document;

import dev.esteira.kernel.Limit;

/**
 * How large a YAML file may be.
 *
 * @param maxBytes of the file
 * @param maxDepth of lists and maps inside each other
 * @param maxValues in the whole document, aliases counted as often as they are used
 * @param maxAliases in the whole document
 */
public record YamlLimits(
        @Limit(value = "A YAML file: pipelines, contracts.", unit = "bytes")
        int maxBytes,

        @Limit(value = "Lists and maps inside each other in a YAML file.", unit = "levels")
        int maxDepth,

        @Limit(value = "Values in a YAML file, aliases counted as often as they are used.", unit = "values")
        int maxValues,

        @Limit(value = "Aliases in a YAML file.", unit = "aliases")
        int maxAliases) {

    /** For files that people write: 1 MiB, 50 deep, 50 000 values, 100 aliases. */
    public static final YamlLimits DEFAULT = new YamlLimits(1 << 20, 50, 50_000, 100);
}
