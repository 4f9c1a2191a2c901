package dev.esteira.dataset;

import dev.esteira.kernel.Digest;
import java.time.Instant;

/**
 * A data set that a workspace has.
 *
 * @param digest of its tree
 * @param size of its files together, in bytes
 * @param first where it came from first
 */
public record DatasetVersion(Digest digest, long rows, long columns, long size, Place first, Instant created) {

    /** An output of a step of a run. */
    public record Place(String run, String step, String output) {}
}
