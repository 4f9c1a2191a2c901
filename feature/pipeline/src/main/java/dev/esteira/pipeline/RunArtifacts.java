package dev.esteira.pipeline;

import dev.esteira.http.Access;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The contents of bundles on their way in, and artifacts on their way out. */
final class RunArtifacts {

    @Limit(value = "One file of a bundle, uploaded.", unit = "bytes")
    private static final long UPLOAD_LIMIT = 16L << 30;

    private final Database database;
    private final ArtifactStore store;
    private final InstantSource clock;
    private final ContentStore contents = new ContentStore();

    RunArtifacts(Database database, ArtifactStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    Routes routes() {
        return Routes.of(
                "artifacts",
                Route.post("/api/v1/blobs/missing", this::missing)
                        .access(Access.WRITE)
                        .describedAs("Those of some contents that the server lacks."),
                Route.put("/api/v1/blobs/{digest}", this::upload)
                        .access(Access.WRITE)
                        .bodyLimit(UPLOAD_LIMIT)
                        .describedAs("Stores a content under its digest."),
                Route.get("/api/v1/artifacts/{digest}", this::show)
                        .access(Access.READ)
                        .describedAs("An artifact with its files."),
                Route.get("/api/v1/artifacts/{digest}/files/{path*}", this::file)
                        .access(Access.READ)
                        .describedAs("A file of an artifact."));
    }

    /** The outputs of a step by name. */
    Map<String, Artifact> of(WorkspaceName workspace, RunStep step) {
        return database.read(tx -> {
            var found = new LinkedHashMap<String, Artifact>();
            for (var output : RunWire.outputs(step).entrySet()) {
                var artifact = contents.artifact(tx, workspace, output.getValue());
                artifact.ifPresent(known -> found.put(output.getKey(), known));
            }
            return found;
        });
    }

    private Response missing(Request request) throws IOException {
        var digests = RequestBodies.digests(request);
        var missing = database.write(tx -> contents.missing(tx, request.workspace(), digests, clock.instant()));
        return Response.json(Value.Fields.EMPTY.with(
                "missing", Value.ofTexts(missing.stream().map(Digest::toString).toList())));
    }

    private Response upload(Request request) throws IOException {
        var expected = RequestBodies.digest(request.parameter("digest"));
        var stored = store.put(request.stream());
        if (!stored.digest().equals(expected)) {
            throw new EsteiraException(
                    PipelineErrorCode.SUBMISSION_MALFORMED,
                    "The content that came has the digest " + stored.digest() + ", not " + expected + ".",
                    "The file changed while it was sent; send it again.");
        }
        database.write(tx -> {
            contents.note(tx, request.workspace(), stored, clock.instant());
            return true;
        });
        return Response.empty();
    }

    private Response show(Request request) {
        return Response.json(RunWire.artifact(require(request)));
    }

    private Response file(Request request) {
        var path = request.parameter("path");
        var file = require(request)
                .file(path)
                .orElseThrow(() -> new EsteiraException(
                        PipelineErrorCode.UNKNOWN_ARTIFACT,
                        "The artifact has no file '" + path + "'.",
                        "Look at the artifact to see its files."));
        var name = path.substring(path.lastIndexOf('/') + 1);
        return Response.download(name, OptionalLong.of(file.size()), out -> {
            try (var in = store.open(file.digest())) {
                in.transferTo(out);
            }
        });
    }

    private Artifact require(Request request) {
        var digest = RequestBodies.digest(request.parameter("digest"));
        return database.read(tx -> contents.require(tx, request.workspace(), digest));
    }
}
