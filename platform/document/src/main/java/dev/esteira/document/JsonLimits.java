package dev.esteira.document;

import dev.esteira.kernel.Limit;

/**
 * How large a JSON text may be.
 *
 * @param maxLength of the whole text, in UTF-16 units or bytes, whichever it is read from
 * @param maxDepth of lists and maps inside each other
 * @param maxTextLength of one text, in UTF-16 units
 */
public record JsonLimits(
        @Limit(value = "A JSON text.", unit = "bytes") int maxLength,

        @Limit(value = "Lists and maps inside each other in a JSON text.", unit = "levels")
        int maxDepth,

        @Limit(value = "One text in a JSON text.", unit = "characters")
        int maxTextLength) {

    /** For requests and documents of our own: 64 MiB, 100 deep, texts of 32 Mi units. */
    public static final JsonLimits DEFAULT = new JsonLimits(64 << 20, 100, 32 << 20);

    /** The same with another length. */
    public JsonLimits withMaxLength(int length) {
        return new JsonLimits(length, maxDepth, Math.min(length, maxTextLength));
    }
}
