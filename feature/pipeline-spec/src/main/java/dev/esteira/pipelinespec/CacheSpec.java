package dev.esteira.pipelinespec;

import java.time.Duration;
import java.util.Optional;

/**
 * How a step uses stored values.
 *
 * @param enabled whether it does, where its kind allows it
 * @param maxAge older values do not serve; empty for any age
 * @param salt makes the step's key another one
 */
public record CacheSpec(boolean enabled, Optional<Duration> maxAge, Optional<String> salt) {

    /** Where a file says nothing. */
    public static final CacheSpec DEFAULT = new CacheSpec(true, Optional.empty(), Optional.empty());
}
