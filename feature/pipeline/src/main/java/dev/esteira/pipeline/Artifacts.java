package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The artifacts of a workspace: their manifests in rows, their files in the store, what they mean in the sinks. */
final class Artifacts {

    private final Database database;
    private final ContentStore contents = new ContentStore();
    private final ArtifactStore store;
    private final Map<ArtifactType, Sink> sinks;

    /** @param sinks at most one for each type */
    Artifacts(Database database, ArtifactStore store, List<Sink> sinks) {
        this.database = database;
        this.store = store;
        this.sinks = new EnumMap<>(ArtifactType.class);
        for (var sink : sinks) {
            if (this.sinks.put(sink.type(), sink) != null) {
                throw new IllegalArgumentException("Two sinks take " + sink.type());
            }
        }
    }

    ArtifactStore store() {
        return store;
    }

    /** Tells the sink of an output's type, if there is one. */
    void sink(SqlTx tx, Commit commit) {
        var sink = sinks.get(commit.artifact().type());
        if (sink != null) {
            sink.commit(tx, commit);
        }
    }

    /** Writes the manifests of artifacts that are not known yet. */
    void save(SqlTx tx, WorkspaceName workspace, Collection<Artifact> artifacts, Instant now) throws SQLException {
        for (var artifact : artifacts) {
            contents.save(tx, workspace, artifact, now);
        }
    }

    /** Notes a content that belongs to no artifact. */
    void note(SqlTx tx, WorkspaceName workspace, ArtifactStore.Stored content, Instant now) throws SQLException {
        contents.note(tx, workspace, content, now);
    }

    /** The artifacts of some digests by name; one that is unknown is left out. */
    SequencedMap<String, Artifact> all(SqlTx tx, WorkspaceName workspace, Map<String, Digest> digests)
            throws SQLException {
        var found = new LinkedHashMap<String, Artifact>();
        for (var entry : digests.entrySet()) {
            find(tx, workspace, entry.getValue()).ifPresent(artifact -> found.put(entry.getKey(), artifact));
        }
        return found;
    }

    SequencedMap<String, Artifact> all(WorkspaceName workspace, Map<String, Digest> digests) {
        return database.read(tx -> all(tx, workspace, digests));
    }

    Optional<Artifact> find(SqlTx tx, WorkspaceName workspace, Digest digest) throws SQLException {
        return contents.artifact(tx, workspace, digest);
    }
}
