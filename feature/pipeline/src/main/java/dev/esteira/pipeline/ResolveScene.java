package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.ResolveContext;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step is made of, once the steps before it have ended.
 *
 * @param bundle every file of the run by its path
 */
record ResolveScene(
        WorkspaceName workspace,
        StepPlan plan,
        Map<String, Artifact> inputs,
        Map<String, Artifact> references,
        Map<String, RunStore.BundleFile> bundle,
        ArtifactStore store)
        implements ResolveContext {

    ResolveScene {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
        bundle = Collections.unmodifiableMap(new LinkedHashMap<>(bundle));
    }

    @Override
    public StepSpec spec() {
        return plan.spec();
    }

    @Override
    public Map<String, Digest> files() {
        return plan.files();
    }

    @Override
    public Path file(String path) throws IOException {
        var file = bundle.get(path);
        if (file == null) {
            throw new NoSuchFileException(path);
        }
        return store.local(file.digest());
    }

    @Override
    public Path local(ArtifactFile file) throws IOException {
        return store.local(file.digest());
    }
}
