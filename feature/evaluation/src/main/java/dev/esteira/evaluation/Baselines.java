package dev.esteira.evaluation;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import java.util.Optional;

/** Where registered versions to compare with are found. Thread-safe. */
public interface Baselines {

    /** The version that an alias of a model names now; empty when there is no such model or alias. */
    Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias);

    /** The version with that digest; empty when it is not registered. */
    Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest);
}
