package dev.esteira.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.http.Caller;
import dev.esteira.http.HttpServer;
import dev.esteira.http.HttpServices;
import dev.esteira.http.HttpSettings;
import dev.esteira.http.PageToken;
import dev.esteira.kernel.UlidSource;
import dev.esteira.kernel.Value;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.tracking.TrackingModule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients of MLflow's protocol get for texts that are too long or hold NUL, the same on both databases. */
class ClientLimitsTest {

    private static final String ROOT = "/api/2.0/mlflow/";
    private static final Pattern RUN_ID = Pattern.compile("\"run_id\":\"(\\w+)\"");
    private static final Pattern MODEL_ID = Pattern.compile("\"model_id\":\"([\\w-]+)\"");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final HttpClient client = HttpClient.newHttpClient();

    @FunctionalInterface
    private interface Body {
        void with(HttpServer server) throws Exception;
    }

    private void served(DatabaseKind kind, Body body) throws Exception {
        var contents = new FileArtifactStore(folder.resolve("artifacts"), clock);
        contents.start(clock.instant());
        try (var main = kind.open(folder, MigrationChain.MAIN);
                var runs = kind.open(folder, MigrationChain.TRACKING)) {
            var ids = new UlidSource(clock, new Random(1));
            var registry = new RegistryModule(main, clock);
            var tracking = new TrackingModule(runs, main, contents, clock, ids, List.of(registry.mount()));
            tracking.start();
            var server = new HttpServer(
                    new HttpSettings("127.0.0.1", 0, Set.of(), Set.of(), HttpSettings.Limits.DEFAULT),
                    new HttpServices(
                            List.of(tracking.routes("3.17.2"), registry.clientRoutes(tracking), registry.routes()),
                            (request, access) -> new Caller("tester"),
                            TrackingModule.surfaces(),
                            List.of()),
                    ids,
                    System::nanoTime);
            server.start();
            try {
                body.with(server);
            } finally {
                server.stop();
            }
        }
    }

    private HttpResponse<String> send(HttpServer server, String call, String json) throws Exception {
        var space = call.indexOf(' ');
        var path = call.substring(space + 1);
        var whole = path.startsWith("/") ? path : ROOT + path;
        var publisher =
                json.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + whole))
                .method(call.substring(0, space), publisher)
                .header("Content-Type", "application/json");
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String accepted(HttpServer server, String call, String json) throws Exception {
        var response = send(server, call, json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private void refused(HttpServer server, String call, String json) throws Exception {
        var response = send(server, call, json);
        var what = call + " " + json.substring(0, Math.min(json.length(), 200)) + ": " + response.body();
        assertThat(response.statusCode()).as(what).isEqualTo(400);
        assertThat(response.body()).as(what).contains("\"error_code\":\"INVALID_PARAMETER_VALUE\"");
    }

    private static String found(Pattern pattern, String body) {
        var matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private static String text(int length) {
        return "n".repeat(length);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aNulInATextIsRefusedByEveryCallThatKeepsOrComparesIt(DatabaseKind kind) throws Exception {
        served(kind, server -> {
            var run = found(RUN_ID, accepted(server, "POST runs/create", "{\"experiment_id\": \"0\"}"));
            var model = found(
                    MODEL_ID, accepted(server, "POST logged-models", "{\"experiment_id\": \"0\", \"name\": \"m\"}"));
            accepted(server, "POST registered-models/create", "{\"name\": \"m\"}");
            accepted(server, "POST model-versions/create", "{\"name\": \"m\", \"source\": \"s3://b/k\"}");

            for (var call : calls(run, model).entrySet()) {
                for (var json : call.getValue()) {
                    refused(server, call.getKey(), json.replace("NUL", "a\\u0000b"));
                }
            }
            for (var call : List.of(
                    "GET experiments/get-by-name?experiment_name=a%00b",
                    "GET runs/get?run_id=a%00b",
                    "GET metrics/get-history?run_id=" + run + "&metric_key=a%00b",
                    "GET artifacts/list?run_id=" + run + "&path=a%00b",
                    "GET registered-models/get?name=a%00b",
                    "GET registered-models/search?filter=name%3D'a%00b'",
                    "GET registered-models/alias?name=m&alias=a%00b",
                    "GET model-versions/search?filter=name%3D'a%00b'",
                    "GET logged-models/a%00b")) {
                refused(server, call, "");
            }
            var kept = accepted(server, "GET runs/get?run_id=" + run, "");
            assertThat(kept).doesNotContain("u0000");
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aForgedPageTokenReachesNoDatabase(DatabaseKind kind) throws Exception {
        served(kind, server -> {
            var token = PageToken.encode("models", Value.Fields.EMPTY.with("name", Value.of("a\0b")));
            var response = send(server, "GET /api/v1/models?pageToken=" + token, "");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(response.body()).contains("MODEL_NAME_MALFORMED");
        });
    }

    private static Map<String, List<String>> calls(String run, String model) {
        var ofRun = "{\"run_id\": \"" + run + "\", ";
        var ofModel = "{\"name\": \"m\", ";
        var ofVersion = "{\"name\": \"m\", \"version\": \"1\", ";
        return Map.ofEntries(
                Map.entry(
                        "POST experiments/create",
                        List.of(
                                "{\"name\": \"NUL\"}",
                                "{\"name\": \"e\", \"artifact_location\": \"s3://NUL\"}",
                                "{\"name\": \"e\", \"tags\": [{\"key\": \"k\", \"value\": \"NUL\"}]}")),
                Map.entry("POST experiments/search", List.of("{\"max_results\": 5, \"filter\": \"tags.k = 'NUL'\"}")),
                Map.entry(
                        "POST runs/create",
                        List.of(
                                "{\"experiment_id\": \"0\", \"run_name\": \"NUL\"}",
                                "{\"experiment_id\": \"0\", \"user_id\": \"NUL\"}",
                                "{\"experiment_id\": \"0\", \"tags\": [{\"key\": \"NUL\", \"value\": \"v\"}]}")),
                Map.entry("POST runs/update", List.of(ofRun + "\"run_name\": \"NUL\"}")),
                Map.entry("POST runs/delete", List.of("{\"run_id\": \"NUL\"}")),
                Map.entry("POST runs/log-parameter", List.of(ofRun + "\"key\": \"k\", \"value\": \"NUL\"}")),
                Map.entry(
                        "POST runs/log-metric",
                        List.of(
                                ofRun + "\"key\": \"NUL\", \"value\": 1, \"timestamp\": 1}",
                                ofRun + "\"key\": \"k\", \"value\": 1, \"timestamp\": 1, \"model_id\": \"NUL\"}",
                                ofRun + "\"key\": \"k\", \"value\": 1, \"timestamp\": 1, \"model_id\": \"" + model
                                        + "\", \"dataset_name\": \"NUL\"}")),
                Map.entry("POST runs/set-tag", List.of(ofRun + "\"key\": \"k\", \"value\": \"NUL\"}")),
                Map.entry("POST runs/delete-tag", List.of(ofRun + "\"key\": \"NUL\"}")),
                Map.entry(
                        "POST runs/log-inputs",
                        List.of(ofRun + "\"datasets\": [{\"dataset\": {\"name\": \"d\", \"digest\": \"1\","
                                + " \"source_type\": \"local\", \"source\": \"NUL\"}}]}")),
                Map.entry("POST runs/outputs", List.of(ofRun + "\"models\": [{\"model_id\": \"NUL\"}]}")),
                Map.entry(
                        "POST runs/search",
                        List.of(
                                "{\"experiment_ids\": [\"0\"], \"filter\": \"params.k = 'NUL'\"}",
                                "{\"experiment_ids\": [\"0\"], \"order_by\": [\"params.NUL ASC\"]}")),
                Map.entry(
                        "POST logged-models",
                        List.of(
                                "{\"experiment_id\": \"0\", \"name\": \"NUL\"}",
                                "{\"experiment_id\": \"0\", \"model_type\": \"NUL\"}",
                                "{\"experiment_id\": \"0\", \"source_run_id\": \"NUL\"}")),
                Map.entry(
                        "PATCH logged-models/" + model,
                        List.of("{\"status\": \"LOGGED_MODEL_READY\", \"status_message\": \"NUL\"}")),
                Map.entry(
                        "POST registered-models/create",
                        List.of(
                                "{\"name\": \"NUL\"}",
                                "{\"name\": \"other\", \"description\": \"NUL\"}",
                                "{\"name\": \"other\", \"tags\": [{\"key\": \"k\", \"value\": \"NUL\"}]}")),
                Map.entry("PATCH registered-models/update", List.of(ofModel + "\"description\": \"NUL\"}")),
                Map.entry("DELETE registered-models/delete-tag", List.of(ofModel + "\"key\": \"NUL\"}")),
                Map.entry(
                        "POST model-versions/create",
                        List.of(
                                ofModel + "\"source\": \"s3://NUL\"}",
                                ofModel + "\"source\": \"s3://b/k\", \"run_id\": \"NUL\"}",
                                ofModel + "\"source\": \"s3://b/k\", \"description\": \"NUL\"}")),
                Map.entry("PATCH model-versions/update", List.of(ofVersion + "\"description\": \"NUL\"}")),
                Map.entry("POST model-versions/set-tag", List.of(ofVersion + "\"key\": \"k\", \"value\": \"NUL\"}")));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void textsOfModelsAndVersionsAreKeptUpToTheirLimitsAndRefusedBeyond(DatabaseKind kind) throws Exception {
        served(kind, server -> {
            var name = text(250);
            var create = "POST registered-models/create";
            var register = "POST model-versions/create";
            var ofModel = "{\"name\": \"" + name + "\", ";
            accepted(server, create, ofModel + "\"description\": \"" + text(20_000) + "\"}");
            accepted(
                    server,
                    register,
                    ofModel + "\"source\": \"s3:" + text(4093) + "\", \"run_id\": \"" + text(256)
                            + "\", \"description\": \"" + text(20_000) + "\"}");

            refused(server, create, "{\"name\": \"" + text(251) + "\"}");
            refused(server, create, "{\"name\": \"x\", \"description\": \"" + text(20_001) + "\"}");
            refused(server, create, "{\"name\": \"x\", \"tags\": [" + tags(101) + "]}");
            refused(server, "PATCH registered-models/update", ofModel + "\"description\": \"" + text(20_001) + "\"}");
            refused(
                    server,
                    "PATCH model-versions/update",
                    ofModel + "\"version\": 1, \"description\": \"" + text(20_001) + "\"}");
            refused(server, register, ofModel + "\"source\": \"s3:" + text(4094) + "\"}");
            refused(server, register, ofModel + "\"source\": \"s3://b/k\", \"run_id\": \"" + text(257) + "\"}");
            refused(server, register, ofModel + "\"source\": \"s3://b/k\", \"tags\": [" + tags(101) + "]}");
            accepted(server, create, "{\"name\": \"x\", \"tags\": [" + tags(100) + "]}");
            assertThat(accepted(server, "GET model-versions/get?name=" + name + "&version=1", ""))
                    .contains("\"description\":\"" + text(20_000) + "\"");
        });
    }

    private static String tags(int number) {
        return IntStream.range(0, number)
                .mapToObj(tag -> "{\"key\": \"t" + tag + "\", \"value\": \"v\"}")
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatARunRefersToHasAnEnd(DatabaseKind kind) throws Exception {
        served(kind, server -> {
            var run = found(RUN_ID, accepted(server, "POST runs/create", "{\"experiment_id\": \"0\"}"));
            var ofRun = "{\"run_id\": \"" + run + "\", ";
            var metric = ofRun + "\"key\": \"k\", \"value\": 1, \"timestamp\": 1, ";
            var dataset = ofRun + "\"datasets\": [{\"dataset\": {\"name\": \"d\", \"digest\": \"1\", \"source\":"
                    + " \"x\", \"source_type\": \"";

            refused(server, "POST runs/log-metric", metric + "\"model_id\": \"" + text(257) + "\"}");
            refused(
                    server,
                    "POST runs/log-metric",
                    metric + "\"model_id\": \"m\", \"dataset_name\": \"" + text(501) + "\"}");
            refused(
                    server,
                    "POST runs/log-metric",
                    metric + "\"model_id\": \"m\", \"dataset_digest\": \"" + text(37) + "\"}");
            refused(server, "POST runs/log-inputs", dataset + text(251) + "\"}}]}");
            refused(
                    server,
                    "POST runs/log-inputs",
                    dataset + "local\"}, \"tags\": [{\"key\": \"mlflow.data.context\", \"value\": \"" + text(501)
                            + "\"}]}]}");
            refused(server, "GET runs/get?run_id=" + text(257), "");
            accepted(
                    server,
                    "POST runs/log-inputs",
                    dataset + text(250) + "\"}, \"tags\": [{\"key\": \"mlflow.data.context\", \"value\": \"" + text(500)
                            + "\"}]}]}");
        });
    }
}
