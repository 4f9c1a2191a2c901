package dev.esteira.spi;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a step is made of once its inputs exist. Thread-safe. */
public interface ResolveContext {

    /** The workspace of the run. */
    WorkspaceName workspace();

    /** The step as written. */
    StepSpec spec();

    /** The inputs by name. */
    Map<String, Artifact> inputs();

    /** The references by name: read, not passed on. */
    Map<String, Artifact> references();

    /** The digests of the bundle's files that the step names, by path. */
    Map<String, Digest> files();

    /**
     * A file of the bundle on the local disk, not to be changed.
     *
     * @throws java.nio.file.NoSuchFileException when the bundle has no such file
     */
    Path file(String path) throws IOException;

    /**
     * A file of an artifact on the local disk, not to be changed.
     *
     * @throws java.nio.file.NoSuchFileException when the store lacks it
     */
    Path local(ArtifactFile file) throws IOException;
}
