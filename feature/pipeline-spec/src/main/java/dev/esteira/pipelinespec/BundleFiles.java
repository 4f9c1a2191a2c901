package dev.esteira.pipelinespec;

import java.nio.file.Path;
import java.util.Optional;

/** The files that came with a pipeline file. */
@FunctionalInterface
public interface BundleFiles {

    /** A local file with the content of a path as the pipeline file writes it, empty when it did not come along. */
    Optional<Path> file(String path);
}
