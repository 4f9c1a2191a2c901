package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a request, the answer says what, where and what to do. */
class BadRequestsTest {

    private static final String RUNS = "/api/v1/pipeline-runs";
    private static final String NOWHERE = "sha256:" + "0".repeat(64);

    @TempDir
    private static Path directory;

    private static ServedEngine served;
    private static String run;

    @BeforeAll
    static void start() throws Exception {
        served = new ServedEngine(directory);
        run = served.ended("  steps:\n    alpha: {kind: make, text: one}\n");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /api/v1/pipeline-runs/none                      | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/none/events               | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/none/waiting              | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/none/steps/a              | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/none/steps/a/log          | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/none/steps/a/explanation  | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            POST | /api/v1/pipeline-runs/none/cancel               | ''                      | 404 | UNKNOWN_PIPELINE_RUN | none
            POST | /api/v1/pipeline-runs/none/resume               | {}                      | 404 | UNKNOWN_PIPELINE_RUN | none
            POST | /api/v1/pipeline-runs/none/steps/a/decision     | {"made": true}          | 404 | UNKNOWN_PIPELINE_RUN | none
            GET  | /api/v1/pipeline-runs/RUN/steps/alpa            | ''                      | 404 | UNKNOWN_STEP         | alpha
            GET  | /api/v1/pipeline-runs/RUN/steps/alpa/log        | ''                      | 404 | UNKNOWN_STEP         | alpha
            GET  | /api/v1/pipeline-runs/RUN/steps/alpa/explanation | ''                     | 404 | UNKNOWN_STEP         | alpha
            POST | /api/v1/pipeline-runs/RUN/resume                | {"from": "alpa"}        | 404 | UNKNOWN_STEP         | alpha
            POST | /api/v1/pipeline-runs/RUN/resume                | {"form": "alpha"}       | 400 | SUBMISSION_MALFORMED | from
            POST | /api/v1/pipeline-runs/RUN/resume                | {"from": 1}             | 400 | SUBMISSION_MALFORMED | /from
            POST | /api/v1/pipeline-runs/RUN/steps/alpha/decision  | {"made": true}          | 409 | STEP_NOT_WAITING     | alpha
            POST | /api/v1/pipeline-runs/RUN/steps/alpha/decision  | {}                      | 400 | SUBMISSION_MALFORMED | made
            POST | /api/v1/pipeline-runs/RUN/steps/alpha/decision  | {"made": "yes"}         | 400 | SUBMISSION_MALFORMED | /made
            GET  | /api/v1/pipeline-runs/RUN/events?after=-1       | ''                      | 400 | MALFORMED_REQUEST    | after
            GET  | /api/v1/pipeline-runs/RUN/events?after=x        | ''                      | 400 | MALFORMED_REQUEST    | after
            GET  | /api/v1/pipeline-runs?pageSize=0                | ''                      | 400 | MALFORMED_REQUEST    | pageSize
            GET  | /api/v1/pipeline-runs?pageToken=nonsense        | ''                      | 400 | MALFORMED_PAGE_TOKEN | token
            POST | /api/v1/pipeline-runs                           | {                       | 400 | MALFORMED_JSON       | line 1
            POST | /api/v1/pipeline-runs                           | []                      | 400 | MALFORMED_REQUEST    | map
            POST | /api/v1/pipeline-runs                           | {}                      | 400 | SUBMISSION_MALFORMED | pipeline
            POST | /api/v1/pipelines/outline                       | {"fileName": "a"}       | 400 | SUBMISSION_MALFORMED | text
            POST | /api/v1/pipelines/outline                       | {"pipeline": {"text": ""}} | 400 | SUBMISSION_MALFORMED | fileName
            POST | /api/v1/blobs/missing                           | {}                      | 400 | SUBMISSION_MALFORMED | digests
            POST | /api/v1/blobs/missing                           | {"digests": ["sha256:1"]} | 400 | SUBMISSION_MALFORMED | sha256:1
            PUT  | /api/v1/blobs/sha256:1                          | x                       | 400 | SUBMISSION_MALFORMED | sha256:1
            GET  | /api/v1/artifacts/sha256:1                      | ''                      | 400 | SUBMISSION_MALFORMED | sha256:1
            GET  | /api/v1/artifacts/NOWHERE                       | ''                      | 404 | ARTIFACT_MISSING     | 000
            GET  | /api/v1/artifacts/NOWHERE/files/data            | ''                      | 404 | ARTIFACT_MISSING     | 000
            """)
    void isToldWhatIsWrongAndWhatToDo(String method, String path, String body, int status, String code, String named)
            throws Exception {
        var address = path.replace("RUN", run).replace("NOWHERE", NOWHERE);
        requireProblem(served.send(method, address, body), status, code, named);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"options": {"cache": "no"}}                                             | 400 | SUBMISSION_MALFORMED | /options/cache
            {"options": {"seed": "7"}}                                               | 400 | SUBMISSION_MALFORMED | /options/seed
            {"options": {"chache": true}}                                            | 400 | SUBMISSION_MALFORMED | cache
            {"options": []}                                                          | 400 | SUBMISSION_MALFORMED | /options
            {"options": {"from": "alpa"}}                                            | 404 | UNKNOWN_STEP         | alpha
            {"params": []}                                                           | 400 | SUBMISSION_MALFORMED | /params
            {"files": {}}                                                            | 400 | SUBMISSION_MALFORMED | /files
            {"files": [{"path": "a", "digest": "sha256:1", "size": 1}]}              | 400 | SUBMISSION_MALFORMED | sha256:1
            {"files": [{"path": "a", "digest": "NOWHERE"}]}                          | 400 | SUBMISSION_MALFORMED | size
            {"files": [{"path": "a", "digest": "NOWHERE", "size": -1}]}              | 400 | SUBMISSION_MALFORMED | /files/0/size
            {"files": [{"path": "a", "digest": "NOWHERE", "size": 1}]}               | 409 | BUNDLE_INCOMPLETE    | 'a'
            {"pipelines": {}}                                                        | 400 | SUBMISSION_MALFORMED | pipeline
            """)
    void aSubmissionWithAFieldThatDoesNotFitMakesNoRun(String change, int status, String code, String named)
            throws Exception {
        var body = Json.parseFields(served.submission("  steps:\n    alpha: {kind: make, text: one}\n", Map.of()));
        for (var field :
                Json.parseFields(change.replace("NOWHERE", NOWHERE)).entries().entrySet()) {
            body = body.with(field.getKey(), field.getValue());
        }
        requireProblem(served.send("POST", RUNS, Json.text(body)), status, code, named);
        assertThat(served.get(RUNS).items("items")).hasSize(1);
    }

    @Test
    void aPipelineWithProblemsIsRefusedWithThePlaceOfEach() throws Exception {
        var body =
                served.submission("  steps:\n    a: {kind: mak, text: one}\n    b: {kind: make, txt: two}\n", Map.of());
        var response = served.send("POST", RUNS, body);
        requireProblem(response, 422, "PIPELINE_REFUSED", "trial.yaml:6");
        var problems = Json.parseFields(response.body()).items("problems");
        assertThat(problems).hasSize(2).allSatisfy(item -> {
            var problem = item.asFields().orElseThrow();
            assertThat(problem.whole("line").orElseThrow()).isBetween(6L, 7L);
            assertThat(problem.whole("column").orElseThrow()).isPositive();
            assertThat(problem.text("remedy").orElseThrow()).contains("mean");
        });
        requireProblem(served.send("POST", "/api/v1/pipelines/plan", body), 422, "PIPELINE_REFUSED", "trial.yaml:6");
        assertThat(served.post("/api/v1/pipelines/validate", body).items("problems"))
                .hasSize(2);
    }

    @Test
    void aBodyThatIsNotJsonAndAWorkspaceThatIsNoNameAreRefused() throws Exception {
        var text = served.request(RUNS).header("Content-Type", "text/plain");
        requireProblem(
                served.send(text.POST(HttpRequest.BodyPublishers.ofString("x"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                "text/plain");
        requireProblem(
                served.send(served.request(RUNS).header("Esteira-Workspace", "No Name")),
                400,
                "MALFORMED_NAME",
                "No Name");
        var other = served.send(served.request(RUNS + "/" + run).header("Esteira-Workspace", "other"));
        requireProblem(other, 404, "UNKNOWN_PIPELINE_RUN", run);
    }

    private static void requireProblem(HttpResponse<String> response, int status, String code, String named) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        var problem = Json.parseFields(response.body());
        assertThat(problem.whole("status")).contains((long) status);
        assertThat(problem.text("code")).contains(code);
        assertThat(problem.text("title").orElseThrow()).isNotEmpty();
        assertThat(problem.text("detail").orElseThrow() + problem.text("remedy").orElse(""))
                .contains(named);
        assertThat(problem.text("remedy").orElseThrow()).isNotEmpty();
        assertThat(problem.field("instance")).isNotEmpty();
    }
}
