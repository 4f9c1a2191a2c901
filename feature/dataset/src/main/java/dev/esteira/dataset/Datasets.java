package dev.esteira.dataset;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The data sets of a workspace. Thread-safe. */
public final class Datasets {

    private final Database database;
    private final ArtifactStore artifacts;
    private final DatasetStore store = new DatasetStore();
    private final ContentStore contents = new ContentStore();

    /** Data sets in a database, with their files in a store. */
    public Datasets(Database database, ArtifactStore artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /** Where a page of the list ends. */
    public record Position(Instant created, String digest) {}

    /** The newest data sets, or those older than a position. */
    public List<DatasetVersion> list(WorkspaceName workspace, Optional<Position> after, int limit) {
        return database.read(tx -> after.isPresent()
                ? store.olderThan(
                        tx, workspace, after.get().created(), after.get().digest(), limit)
                : store.newest(tx, workspace, limit));
    }

    /**
     * One data set.
     *
     * @throws EsteiraException DATASET_NOT_FOUND
     */
    public DatasetVersion require(WorkspaceName workspace, Digest digest) {
        return database.read(tx -> store.find(tx, workspace, digest)).orElseThrow(() -> notFound(digest));
    }

    /**
     * The document that says what its columns are.
     *
     * @throws EsteiraException DATASET_NOT_FOUND
     * @throws IOException when the stored file cannot be read
     */
    public Value.Fields description(WorkspaceName workspace, Digest digest) throws IOException {
        return document(workspace, digest, Dataset.DESCRIPTION_FILE);
    }

    /**
     * The document with its profile.
     *
     * @throws EsteiraException DATASET_NOT_FOUND
     * @throws IOException when the stored file cannot be read
     */
    public Value.Fields profile(WorkspaceName workspace, Digest digest) throws IOException {
        return document(workspace, digest, Dataset.PROFILE_FILE);
    }

    private Value.Fields document(WorkspaceName workspace, Digest digest, String path) throws IOException {
        require(workspace, digest);
        var file = database.read(tx -> contents.artifact(tx, workspace, digest))
                .flatMap(artifact -> artifact.file(path))
                .orElseThrow(() -> notFound(digest));
        try (var in = artifacts.open(file.digest())) {
            return Json.parseFields(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static EsteiraException notFound(Digest digest) {
        return new EsteiraException(
                DatasetErrorCode.DATASET_NOT_FOUND,
                "There is no data set " + digest + " in this workspace.",
                "List the data sets with 'esteira data list'.");
    }
}
