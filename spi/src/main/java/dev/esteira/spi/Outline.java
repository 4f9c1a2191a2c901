package dev.esteira.spi;

import dev.esteira.kernel.Schema;
import java.util.Optional;

/**
 * What is known of an input or output before anything ran.
 *
 * @param schema the columns where they are known
 */
public record Outline(ArtifactType type, Optional<Schema> schema) {

    /** An outline without columns. */
    public static Outline of(ArtifactType type) {
        return new Outline(type, Optional.empty());
    }

    /** A data set with known columns. */
    public static Outline dataset(Schema schema) {
        return new Outline(ArtifactType.DATASET, Optional.of(schema));
    }
}
