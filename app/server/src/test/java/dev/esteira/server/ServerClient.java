package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Speaks to a server as any client does. */
final class ServerClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    ServerClient(URI address) {
        this.address = address;
    }

    @Override
    public void close() {
        http.close();
    }

    Value.Fields get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address.resolve(path)).build());
    }

    Value.Fields post(String path, Value.Fields body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .build());
    }

    private Value.Fields answer(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return Json.parseFields(response.body());
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    Digest upload(byte[] content) throws IOException, InterruptedException {
        var digest = Digest.of(content);
        var request = HttpRequest.newBuilder(address.resolve("/api/v1/blobs/" + digest))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return digest;
    }

    /** Submits a pipeline with the files that it names, and gives the id of the run. */
    String submit(String text, Map<String, String> files) throws IOException, InterruptedException {
        var bundle = new ArrayList<Value>();
        for (var file : files.entrySet()) {
            var content = file.getValue().getBytes(StandardCharsets.UTF_8);
            bundle.add(Value.Fields.EMPTY
                    .with("path", Value.of(file.getKey()))
                    .with("digest", Value.of(upload(content).toString()))
                    .with("size", Value.of(content.length)));
        }
        var pipeline = Value.Fields.EMPTY
                .with("fileName", Value.of("trial.pipeline.yaml"))
                .with("text", Value.of(text));
        return post(
                        "/api/v1/pipeline-runs",
                        Value.Fields.EMPTY.with("pipeline", pipeline).with("files", new Value.Sequence(bundle)))
                .text("id")
                .orElseThrow();
    }

    Value.Fields run(String id) throws IOException, InterruptedException {
        return get("/api/v1/pipeline-runs/" + id);
    }

    /** The run once it has ended. */
    Value.Fields end(String id) throws IOException, InterruptedException {
        return eventually(() -> Optional.of(run(id))
                .filter(run -> Set.of("SUCCEEDED", "FAILED", "CANCELLED")
                        .contains(run.text("state").orElseThrow())));
    }

    /** The tracked runs of an experiment, the latest first; none when there is no such experiment. */
    List<Value.Fields> tracked(String experiment) throws IOException, InterruptedException {
        var found = http.send(
                HttpRequest.newBuilder(address.resolve(
                                "/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (found.statusCode() == 404) {
            return List.of();
        }
        var id = Json.parseFields(found.body())
                .fields("experiment")
                .text("experiment_id")
                .orElseThrow();
        return post(
                        "/api/2.0/mlflow/runs/search",
                        Value.Fields.EMPTY.with("experiment_ids", Value.ofTexts(List.of(id))))
                .items("runs")
                .stream()
                .map(run -> run.asFields().orElseThrow())
                .toList();
    }

    /** What is asked for, once it is there. */
    <T> T eventually(Question<T> question) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Not within " + PATIENCE);
    }

    interface Question<T> {
        Optional<T> ask() throws IOException, InterruptedException;
    }
}
