package dev.esteira.tracking;

import java.util.Optional;

/**
 * What a run is, without what was logged.
 *
 * @param runId 1 to 256 letters, digits, dashes and underscores; those made here are 32 hexadecimal digits
 * @param userId as the client says, possibly empty
 * @param startMillis milliseconds since 1970, as the client says
 * @param endMillis the same, empty while it runs
 */
public record RunInfo(
        String runId,
        long experimentId,
        String name,
        String userId,
        RunStatus status,
        Lifecycle lifecycle,
        long startMillis,
        Optional<Long> endMillis,
        String artifactUri) {}
