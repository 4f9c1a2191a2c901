package dev.esteira.tracking;

import dev.esteira.http.Access;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** MLflow's artifact proxy: clients put, get, list and remove files through the server. */
final class ArtifactResource {

    private static final List<String> ROOTS = List.of("/api/2.0/mlflow-artifacts", "/ajax-api/2.0/mlflow-artifacts");

    private final RunArtifacts artifacts;

    ArtifactResource(RunArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var root : ROOTS) {
            routes.add(Route.get(root + "/artifacts", this::list)
                    .access(Access.READ)
                    .describedAs("A folder of artifacts."));
            routes.add(Route.get(root + "/artifacts/{path*}", this::get)
                    .access(Access.READ)
                    .describedAs("Downloads an artifact."));
            routes.add(Route.put(root + "/artifacts/{path*}", this::put)
                    .access(Access.WRITE)
                    .describedAs("Uploads an artifact.")
                    .bodyLimit(Long.MAX_VALUE));
            routes.add(Route.delete(root + "/artifacts/{path*}", this::delete)
                    .access(Access.WRITE)
                    .describedAs("Removes an artifact, or a folder with all in it."));
            for (var call : List.of("create", "complete", "abort")) {
                routes.add(Route.post(root + "/mpu/" + call + "/{path*}", ArtifactResource::noMultipart)
                        .access(Access.WRITE)
                        .describedAs("Says that artifacts are uploaded whole."));
            }
            routes.add(Route.get(root + "/presigned/{path*}", ArtifactResource::noPresigned)
                    .access(Access.READ)
                    .describedAs("Says that artifacts are downloaded through the server."));
        }
        return routes;
    }

    private Response list(Request request) {
        var entries =
                artifacts.list(WorkspaceName.DEFAULT, request.query("path").orElse(""));
        return Response.json(new MlflowFields()
                .list("files", entries, entry -> wire("", entry))
                .build());
    }

    private Response get(Request request) {
        var file = artifacts.file(WorkspaceName.DEFAULT, request.parameter("path"));
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return Response.download(name, OptionalLong.of(file.size()), out -> {
            try (var content = artifacts.open(file)) {
                content.transferTo(out);
            }
        });
    }

    private Response put(Request request) throws IOException {
        artifacts.put(WorkspaceName.DEFAULT, request.parameter("path"), request.stream());
        return Response.json(Value.Fields.EMPTY);
    }

    private Response delete(Request request) {
        artifacts.delete(WorkspaceName.DEFAULT, request.parameter("path"));
        return Response.json(Value.Fields.EMPTY);
    }

    /** Clients know this very beginning and send the file whole then. */
    private static Response noMultipart(Request request) {
        throw new EsteiraException(
                TrackingErrorCode.NOT_IMPLEMENTED,
                "Multipart upload is not supported: send " + request.parameter("path") + " whole.",
                "");
    }

    private static Response noPresigned(Request request) {
        throw new EsteiraException(
                TrackingErrorCode.NOT_IMPLEMENTED,
                "Presigned download is not supported: get " + request.parameter("path") + " through the server.",
                "");
    }

    /** A folder of a run or model, with paths below its root. */
    static Value.Fields listing(RunArtifacts artifacts, WorkspaceName workspace, String uri, String folder) {
        var root = RunArtifacts.pathOf(uri)
                .orElseThrow(() -> TrackingRules.invalid("The artifacts of '" + uri + "' do not lie on this server."));
        var below = ArtifactPath.of(folder);
        var prefix = below.text().isEmpty() ? "" : below.text() + "/";
        return new MlflowFields()
                .anyText("root_uri", uri)
                .list(
                        "files",
                        artifacts.list(workspace, root.resolve(below.text()).text()),
                        entry -> wire(prefix, entry))
                .build();
    }

    private static Value.Fields wire(String prefix, ArtifactEntry entry) {
        var fields = new MlflowFields()
                .anyText("path", prefix + entry.name())
                .flag("is_dir", entry.size().isEmpty());
        // A size of zero is left out, as MLflow does.
        entry.size().filter(size -> size > 0).ifPresent(size -> fields.whole("file_size", size));
        return fields.build();
    }
}
