package dev.esteira.tracking;

import java.util.Optional;

/**
 * A data set that a client says its run read; texts are the client's and are kept as they are.
 *
 * @param schema JSON text
 * @param profile JSON text
 * @param context e.g. {@code train}
 */
public record DatasetInput(
        String name,
        String digest,
        String sourceType,
        String source,
        Optional<String> schema,
        Optional<String> profile,
        Optional<String> context) {}
