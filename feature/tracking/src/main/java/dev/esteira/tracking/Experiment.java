package dev.esteira.tracking;

import java.time.Instant;
import java.util.List;

/**
 * A set of runs that belong together.
 *
 * @param id a number that no other experiment of the server has; 0 is the default one
 * @param artifactLocation where its runs' artifacts lie; opaque, the server never opens it
 * @param tags sorted by key
 */
public record Experiment(
        long id,
        String name,
        String artifactLocation,
        Lifecycle lifecycle,
        List<Tag> tags,
        Instant created,
        Instant changed) {

    /** The experiment of those who name none. */
    public static final long DEFAULT_ID = 0;

    /** The name of the default experiment. */
    public static final String DEFAULT_NAME = "Default";

    public Experiment {
        tags = List.copyOf(tags);
    }
}
