package dev.esteira.pipeline;

import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.OptionalLong;

/** Uploads of contents, and artifacts for whoever wants to look at them. */
final class Contents {

    /** The largest content that is uploaded in one piece: 4 GiB. */
    static final long MAX_UPLOAD = 4L << 30;

    private final Database database;
    private final ArtifactStore store;
    private final InstantSource clock;
    private final ContentStore contents = new ContentStore();

    Contents(Database database, ArtifactStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    Response missing(Request request) throws IOException {
        var digests = new ArrayList<Digest>();
        request.fields()
                .items("digests")
                .forEach(item -> digests.add(PipelineRoutes.digest(item.asText().orElse(""))));
        var missing = database.write(tx -> contents.missing(tx, request.workspace(), digests, clock.instant()));
        return Response.json(Value.Fields.EMPTY.with(
                "missing", Value.ofTexts(missing.stream().map(Digest::hex).toList())));
    }

    Response upload(Request request) throws IOException {
        var digest = PipelineRoutes.digest(request.parameter("digest"));
        var stored = store.put(request.stream());
        if (!stored.digest().equals(digest)) {
            throw new EsteiraException(
                    PipelineErrorCode.UPLOAD_DAMAGED,
                    "The content has the digest " + stored.digest().abbreviated() + ", not " + digest.abbreviated()
                            + ".",
                    "Take the digest of the file again and send it again.");
        }
        database.change(tx -> contents.note(tx, request.workspace(), stored, clock.instant()));
        return Response.empty();
    }

    Response artifact(Request request) {
        return Response.json(PipelineJson.artifact(found(request)));
    }

    Response file(Request request) throws IOException {
        var path = request.parameter("path");
        var file = found(request)
                .file(path)
                .orElseThrow(() -> new EsteiraException(
                        PipelineErrorCode.UNKNOWN_ARTIFACT,
                        "The artifact has no file '" + path + "'.",
                        "Ask for the artifact to see its files."));
        return Response.download(path.substring(path.lastIndexOf('/') + 1), OptionalLong.of(file.size()), out -> {
            try (var in = store.open(file.digest())) {
                in.transferTo(out);
            }
        });
    }

    private Artifact found(Request request) {
        var digest = PipelineRoutes.digest(request.parameter("digest"));
        return database.read(tx -> contents.require(tx, request.workspace(), digest));
    }
}
