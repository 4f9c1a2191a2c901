package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of a registered model.
 *
 * @param number from 1
 * @param digest of the tree that it pins; empty for one that a client registered by its source alone
 * @param source where its model directory is read from, as MLflow's clients see it
 * @param trackedRun the tracked run that trained it; empty text when unknown
 * @param run the pipeline run that registered it; empty text when a client did
 * @param aliases that name it now, sorted
 */
public record ModelVersion(
        ModelName name,
        long number,
        Optional<Digest> digest,
        String source,
        String trackedRun,
        String run,
        String description,
        List<Alias> aliases,
        Instant created,
        Instant changed) {

    public ModelVersion {
        aliases = List.copyOf(aliases);
    }
}
