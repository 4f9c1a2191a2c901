package dev.esteira.server;

import dev.esteira.evaluation.Baselines;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.registry.Alias;
import dev.esteira.registry.ModelName;
import dev.esteira.registry.ModelRegistry;
import dev.esteira.registry.ModelVersion;
import dev.esteira.spi.Artifact;
import java.util.Optional;

/** Evaluation compares with what the registry holds; neither knows the other. */
final class RegisteredBaselines implements Baselines {

    private final ModelRegistry registry;

    RegisteredBaselines(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<Artifact> byAlias(WorkspaceName workspace, String model, String alias) {
        return registry.aliased(workspace, new ModelName(model), new Alias(alias))
                .flatMap(ModelVersion::digest)
                .flatMap(digest -> registry.pinned(workspace, digest));
    }

    @Override
    public Optional<Artifact> byDigest(WorkspaceName workspace, Digest digest) {
        return registry.pinned(workspace, digest);
    }
}
