package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.http.Access;
import dev.esteira.http.Caller;
import dev.esteira.http.Guard;
import dev.esteira.http.HttpErrorCode;
import dev.esteira.http.HttpServer;
import dev.esteira.http.HttpServices;
import dev.esteira.http.HttpSettings;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** An engine behind a real server, and ways to talk to it. */
final class ServedEngine implements AutoCloseable {

    private final TestEngine engine;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    ServedEngine(Path directory) throws IOException {
        this(directory, (request, access) -> new Caller("tester"));
    }

    private ServedEngine(Path directory, Guard guard) throws IOException {
        engine = new TestEngine(directory);
        var requests = new AtomicLong();
        server = new HttpServer(
                new HttpSettings("127.0.0.1", 0, Set.of(), Set.of(), HttpSettings.Limits.DEFAULT),
                new HttpServices(engine.routes(), guard, List.of(), List.of()),
                () -> "request-" + requests.incrementAndGet(),
                System::nanoTime);
        server.start();
    }

    /** One whose callers may read and nothing else. */
    static ServedEngine forReaders(Path directory) throws IOException {
        return new ServedEngine(directory, (request, access) -> {
            if (access != Access.READ) {
                throw new EsteiraException(HttpErrorCode.FORBIDDEN, "You may only read.", "Ask the owner.");
            }
            return new Caller("reader");
        });
    }

    TestEngine engine() {
        return engine;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        var body = json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        return send(request(path).header("Content-Type", "application/json").method(method, body));
    }

    Value.Fields get(String path) throws IOException, InterruptedException {
        return fields(send(request(path)), 200);
    }

    Value.Fields post(String path, String json) throws IOException, InterruptedException {
        return fields(send("POST", path, json), 200);
    }

    static Value.Fields fields(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return Json.parseFields(response.body());
    }

    /** The body of a submission of steps with files, which are uploaded. */
    String submission(String steps, Map<String, String> files) throws IOException, InterruptedException {
        var entries = new ArrayList<Value>();
        for (var file : files.entrySet()) {
            var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
            var digest = Digest.of(bytes);
            var response = send(request("/api/v1/blobs/" + digest).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
            if (response.statusCode() != 204) {
                throw new AssertionError(response.body());
            }
            entries.add(Value.Fields.EMPTY
                    .with("path", Value.of(file.getKey()))
                    .with("digest", Value.of(digest.toString()))
                    .with("size", Value.of(bytes.length)));
        }
        var text = "apiVersion: esteira.dev/v1\nkind: Pipeline\nmetadata: {name: trial}\nspec:\n" + steps;
        return Json.text(Value.Fields.EMPTY
                .with(
                        "pipeline",
                        Value.Fields.EMPTY
                                .with("fileName", Value.of("trial.yaml"))
                                .with("text", Value.of(text)))
                .with("files", new Value.Sequence(entries)));
    }

    /** The id of a run of steps, which has just been submitted. */
    String submitted(String steps) throws IOException, InterruptedException {
        return fields(send("POST", "/api/v1/pipeline-runs", submission(steps, Map.of())), 201)
                .text("id")
                .orElseThrow();
    }

    /** The id of a run of steps that has ended. */
    String ended(String steps) throws Exception {
        var run = submitted(steps);
        engine.end(run);
        return run;
    }

    @Override
    public void close() {
        server.stop();
        client.close();
        engine.close();
    }
}
