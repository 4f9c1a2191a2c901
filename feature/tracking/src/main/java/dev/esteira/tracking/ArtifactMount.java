package dev.esteira.tracking;

import dev.esteira.kernel.WorkspaceName;
import java.util.List;
import java.util.Optional;

/** A folder below the artifact root that another feature fills; clients read it and do not write it. Thread-safe. */
public interface ArtifactMount {

    /** The first segment of its paths; no number, those belong to experiments. */
    String folder();

    /** The file at a path below the folder, with the path as given; empty when there is none. */
    Optional<StoredFile> file(WorkspaceName workspace, String path);

    /** The files below a path below the folder, with paths like it; none when there is no such folder. */
    List<StoredFile> below(WorkspaceName workspace, String path);
}
