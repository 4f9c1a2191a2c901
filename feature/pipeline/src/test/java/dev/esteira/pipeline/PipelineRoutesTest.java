package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.http.Access;
import dev.esteira.http.Method;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRoutesTest {

    private static final String RUNS = "/api/v1/pipeline-runs";
    private static final String ONE = "  steps:\n    a: {kind: make, text: one}\n";
    private static final String TWO = """
              steps:
                a: {kind: make, text: one}
                b: {kind: make, text: two, inputs: {x: "${{ steps.a.outputs.data }}"}}
            """;

    @TempDir
    private Path directory;

    private ServedEngine served;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEngine(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static List<Value.Fields> items(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .map(item -> item.asFields().orElseThrow())
                .toList();
    }

    @Test
    void everyRouteSaysWhoMayCallItAndWhatItIs() {
        var routes = served.engine().routes().stream()
                .flatMap(routesOf -> routesOf.routes().stream())
                .toList();
        assertThat(routes).hasSizeGreaterThan(15).allSatisfy(route -> {
            assertThat(route.summary()).endsWith(".");
            var reads = route.method() == Method.GET || route.path().endsWith("/outline");
            assertThat(route.access()).contains(reads ? Access.READ : Access.WRITE);
        });
    }

    @Test
    void whoMayOnlyReadChangesNothing() throws Exception {
        served.close();
        served = ServedEngine.forReaders(directory);
        for (var routes : served.engine().routes()) {
            for (var route : routes.routes()) {
                var path = route.path().replaceAll("\\{\\w+\\*?}", "x");
                var response = served.send(route.method().name(), path, "");
                if (route.access().orElseThrow() == Access.WRITE) {
                    assertThat(response.statusCode()).as(path).isEqualTo(403);
                } else {
                    assertThat(response.statusCode()).as(path).isNotEqualTo(403);
                }
            }
        }
        assertThat(served.get(RUNS).items("items")).isEmpty();
    }

    @Test
    void submitsARunAndShowsIt() throws Exception {
        var response = served.send("POST", RUNS, served.submission(TWO, Map.of()));
        var made = ServedEngine.fields(response, 201);
        var id = made.text("id").orElseThrow();
        assertThat(response.headers().firstValue("Location")).contains(RUNS + "/" + id);
        assertThat(items(made, "steps"))
                .extracting(step -> step.text("name").orElseThrow())
                .containsExactly("a", "b");
        served.engine().end(id);

        var shown = served.get(RUNS + "/" + id);
        assertThat(shown.text("state")).contains("SUCCEEDED");
        assertThat(shown.text("pipeline")).contains("trial");
        assertThat(shown.text("ended")).isPresent();
        assertThat(items(shown, "steps")).allSatisfy(step -> {
            assertThat(step.text("state")).contains("SUCCEEDED");
            assertThat(step.text("how")).contains("RAN");
            assertThat(step.fields("outputs").fields("data").text("type")).contains("Blob");
        });
        assertThat(served.get(RUNS + "/" + id + "/waiting").items("items")).isEmpty();
    }

    @Test
    void listsRunsLatestFirstPageByPage() throws Exception {
        var ids = new ArrayList<String>();
        for (var run = 0; run < 5; run++) {
            ids.addFirst(served.ended(ONE));
        }
        var seen = new ArrayList<String>();
        var token = "";
        do {
            var page = served.get(RUNS + "?pageSize=2" + token);
            assertThat(page.items("items")).hasSizeBetween(1, 2);
            items(page, "items").forEach(run -> seen.add(run.text("id").orElseThrow()));
            token = page.text("nextPageToken").map(next -> "&pageToken=" + next).orElse("");
        } while (!token.isEmpty());
        assertThat(seen).containsExactlyElementsOf(ids);
    }

    @Test
    void theSameKeyMakesOneRunOnly() throws Exception {
        var body = served.submission(ONE, Map.of());
        var ids = new ArrayList<String>();
        for (var time = 0; time < 2; time++) {
            var response = served.send(served.request(RUNS)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "key-1")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            ids.add(ServedEngine.fields(response, 201).text("id").orElseThrow());
        }
        assertThat(ids.getFirst()).isEqualTo(ids.getLast());
        served.engine().end(ids.getFirst());
        var other = served.send(served.request(RUNS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-1")
                .POST(HttpRequest.BodyPublishers.ofString(served.submission(TWO, Map.of()))));
        assertThat(ServedEngine.fields(other, 422).text("code")).contains("IDEMPOTENCY_KEY_REUSED");
        assertThat(served.get(RUNS).items("items")).hasSize(1);
    }

    @Test
    void resumesAnEndedRunOnceForAKey() throws Exception {
        var failed = served.ended("""
                  defaults: {retry: {maxAttempts: 1}}
                  steps:
                    a: {kind: make, text: one}
                    b: {kind: make, failures: 1, inputs: {x: "${{ steps.a.outputs.data }}"}}
                """);
        var ids = new ArrayList<String>();
        for (var time = 0; time < 2; time++) {
            var response = served.send(served.request(RUNS + "/" + failed + "/resume")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "again")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"from\": \"b\"}")));
            ids.add(ServedEngine.fields(response, 200).text("id").orElseThrow());
        }
        assertThat(ids.getFirst()).isEqualTo(ids.getLast()).isNotEqualTo(failed);
        served.engine().end(ids.getFirst());
        var resumed = served.get(RUNS + "/" + ids.getFirst());
        assertThat(resumed.text("origin")).contains(failed);
        assertThat(items(resumed, "steps").getFirst().text("how")).contains("CARRIED");
    }

    @Test
    void cancelsARunAsOftenAsItIsAsked() throws Exception {
        var run = served.submitted("  steps:\n    a: {kind: make, sleep: 60000}\n");
        for (var time = 0; time < 2; time++) {
            assertThat(served.post(RUNS + "/" + run + "/cancel", "{}").text("state"))
                    .isNotEqualTo(Optional.of("RUNNING"));
        }
        served.engine().end(run);
        var cancelled = served.post(RUNS + "/" + run + "/cancel", "");
        assertThat(cancelled.text("state")).contains("CANCELLED");
        assertThat(cancelled.text("reason")).contains("cancelledBy:a person");
    }

    @Test
    void showsAStepWithItsAttemptsItsLogAndWhyItRan() throws Exception {
        served.ended(ONE);
        var run = served.ended(ONE.replace("one", "other"));
        var step = served.get(RUNS + "/" + run + "/steps/a");
        assertThat(step.text("state")).contains("SUCCEEDED");
        assertThat(items(step, "history").getFirst().text("state")).contains("COMMITTED");
        var log = served.send(served.request(RUNS + "/" + run + "/steps/a/log"));
        assertThat(log.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(log.body()).isEqualTo("all is well\n");
        var explanation = served.get(RUNS + "/" + run + "/steps/a/explanation");
        assertThat(items(explanation, "causes").getFirst().text("cause")).contains("PARAMS");
        assertThat(items(explanation, "differences").getFirst().text("to")).contains("other");
        assertThat(explanation.field("waiting")).isEmpty();
    }

    @Test
    void contentsGoInAndArtifactsComeOut() throws Exception {
        var content = "hello";
        var digest = Digest.ofText(content);
        var asked = "{\"digests\": [\"" + digest + "\"]}";
        assertThat(served.post("/api/v1/blobs/missing", asked).items("missing"))
                .containsExactly(Value.of(digest.toString()));
        var steps = "  steps:\n    a: {kind: make, file: a.txt}\n";
        var body = served.submission(steps, Map.of("a.txt", content));
        assertThat(served.post("/api/v1/blobs/missing", asked).items("missing")).isEmpty();
        var run = ServedEngine.fields(served.send("POST", RUNS, body), 201)
                .text("id")
                .orElseThrow();
        served.engine().end(run);

        var data = served.get(RUNS + "/" + run + "/steps/a").fields("outputs").fields("data");
        var address = "/api/v1/artifacts/" + data.text("digest").orElseThrow();
        assertThat(items(served.get(address), "files").getFirst().text("digest"))
                .contains(digest.toString());
        var file = served.send(served.request(address + "/files/data"));
        assertThat(file.body()).isEqualTo(content);
        assertThat(file.headers().firstValue("Content-Length")).contains("5");
        assertThat(ServedEngine.fields(served.send(served.request(address + "/files/other")), 404)
                        .text("code"))
                .contains("UNKNOWN_ARTIFACT");
    }

    @Test
    void aContentThatIsNotWhatItsAddressSaysIsRefused() throws Exception {
        var response = served.send(served.request("/api/v1/blobs/" + Digest.ofText("one"))
                .PUT(HttpRequest.BodyPublishers.ofString("other", StandardCharsets.UTF_8)));
        assertThat(ServedEngine.fields(response, 400).text("code")).contains("SUBMISSION_MALFORMED");
    }

    @Test
    void outlinesValidatesAndPlansWithoutMakingARun() throws Exception {
        var body = served.submission("  steps:\n    a: {kind: make, file: a.txt}\n", Map.of("a.txt", "x"));
        var pipeline = Json.parseFields(body).fields("pipeline");
        for (var outlined : List.of(pipeline, Value.Fields.EMPTY.with("pipeline", pipeline))) {
            var outline = served.post("/api/v1/pipelines/outline", Json.text(outlined));
            assertThat(outline.items("files")).containsExactly(Value.of("a.txt"));
            assertThat(outline.flag("valid")).contains(true);
        }
        assertThat(served.post("/api/v1/pipelines/validate", body).flag("valid"))
                .contains(true);
        var plan = items(served.post("/api/v1/pipelines/plan", body), "steps").getFirst();
        assertThat(plan.text("verdict")).contains("MISS");
        assertThat(served.get(RUNS).items("items")).isEmpty();
    }
}
