package dev.esteira.pipeline;

import dev.esteira.http.Access;
import dev.esteira.http.EventFeed;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.pipelinespec.PipelineCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** The addresses of pipelines, their runs, and what is uploaded for them. */
final class PipelineRoutes {

    private static final String RUNS = "/api/v1/pipeline-runs";
    private static final String LIST = "pipeline-runs";

    private final PipelineService service;
    private final Contents contents;

    PipelineRoutes(PipelineService service, Contents contents) {
        this.service = service;
        this.contents = contents;
    }

    Routes routes() {
        return Routes.of(
                "pipelines",
                write(Route.post("/api/v1/pipelines/outline", this::outline), "What a file tells before its files."),
                write(Route.post("/api/v1/pipelines/validate", this::validate), "The problems of a pipeline."),
                write(Route.post("/api/v1/pipelines/plan", this::plan), "What would run and why."),
                write(Route.post(RUNS, this::submit), "Makes a run."),
                read(Route.get(RUNS, this::list), "The runs, latest first."),
                read(Route.get(RUNS + "/{run}", this::show), "A run with its steps."),
                read(Route.get(RUNS + "/{run}/events", this::events), "The run's events, as they happen."),
                write(Route.post(RUNS + "/{run}/cancel", this::cancel), "Cancels a run."),
                write(Route.post(RUNS + "/{run}/resume", this::resume), "Goes on with a run."),
                read(Route.get(RUNS + "/{run}/steps/{step}", this::step), "A step with its attempts."),
                read(Route.get(RUNS + "/{run}/steps/{step}/explanation", this::explain), "Why a step ran."),
                read(Route.get(RUNS + "/{run}/steps/{step}/log", this::log), "The log of a step's latest attempt."),
                write(Route.post(RUNS + "/{run}/steps/{step}/decision", this::decide), "Says if a change was made."),
                write(Route.post("/api/v1/blobs/missing", contents::missing), "Which contents are to be uploaded."),
                write(
                        Route.put("/api/v1/blobs/{digest}", contents::upload).bodyLimit(Contents.MAX_UPLOAD),
                        "Uploads a content under its digest."),
                read(Route.get("/api/v1/artifacts/{digest}", contents::artifact), "An artifact with its files."),
                read(Route.get("/api/v1/artifacts/{digest}/files/{path*}", contents::file), "A file of an artifact."));
    }

    private static Route read(Route route, String summary) {
        return route.access(Access.READ).describedAs(summary);
    }

    private static Route write(Route route, String summary) {
        return route.access(Access.WRITE).describedAs(summary);
    }

    private Response outline(Request request) throws IOException {
        var body = request.fields();
        var outline = service.outline(required(body, "fileName"), required(body, "text"), body.fields("params"));
        return Response.json(
                PipelineJson.problems(outline.problems()).with("files", Value.ofTexts(List.copyOf(outline.files()))));
    }

    private Response validate(Request request) throws IOException {
        return switch (service.validate(submission(request))) {
            case PipelineCheck.Valid valid -> Response.json(PipelineJson.problems(List.of()));
            case PipelineCheck.Invalid(var problems) -> Response.json(PipelineJson.problems(problems));
        };
    }

    private Response plan(Request request) throws IOException {
        var steps = service.plan(submission(request));
        return Response.json(Value.Fields.EMPTY.with("steps", PipelineJson.list(steps, PipelineJson::planned)));
    }

    private Response submit(Request request) throws IOException {
        return switch (service.submit(submission(request))) {
            case Submitted.Accepted(var run) -> Response.created(RUNS + "/" + run.id(), PipelineJson.run(run));
            case Submitted.Refused(var problems) -> {
                var code = PipelineErrorCode.PIPELINE_REFUSED;
                var fields = new LinkedHashMap<String, Value>();
                fields.put("type", Value.of("about:blank"));
                fields.put("title", Value.of("The pipeline cannot run"));
                fields.put("status", Value.of(code.status()));
                fields.put("code", Value.of(code.name()));
                fields.put("detail", Value.of(problems.getFirst().render()));
                fields.put("remedy", Value.of("Mend the problems, then submit again."));
                fields.putAll(PipelineJson.problems(problems).entries());
                yield Response.json(code.status(), Value.ofFields(fields))
                        .withHeader("Content-Type", dev.esteira.http.Problem.MEDIA_TYPE);
            }
        };
    }

    private Response list(Request request) {
        var asked = request.page(LIST);
        Page<PipelineRun> page =
                service.list(request.workspace(), asked.after().flatMap(position -> position.text("id")), asked.size());
        var token = page.nextPageToken().map(id -> PageToken.encode(LIST, Value.Fields.EMPTY.with("id", Value.of(id))));
        return Response.page(
                new Page<>(page.items().stream().map(PipelineJson::run).toList(), token));
    }

    private Response show(Request request) {
        var run = service.show(request.workspace(), request.parameter("run"));
        return Response.json(PipelineJson.runWithSteps(run, service.steps(request.workspace(), run.id())));
    }

    private Response events(Request request) {
        WorkspaceName workspace = request.workspace();
        var run = service.show(workspace, request.parameter("run")).id();
        return Response.events(request.eventsAfter(), (after, wait) -> feed(workspace, run, after, wait));
    }

    private EventFeed.Batch feed(WorkspaceName workspace, String run, long after, Duration wait)
            throws InterruptedException {
        var found = service.events(workspace, run, after, wait);
        var events = found.events().stream()
                .map(event -> new EventFeed.Event(event.seq(), event.type(), PipelineJson.event(event)))
                .toList();
        return new EventFeed.Batch(events, found.ended());
    }

    private Response cancel(Request request) {
        var run = service.cancel(
                request.workspace(), request.parameter("run"), request.caller().name());
        return Response.json(PipelineJson.run(run));
    }

    private Response resume(Request request) throws IOException {
        var run = service.resume(
                request.workspace(), request.parameter("run"), request.fields().text("from"));
        return Response.json(PipelineJson.run(run));
    }

    private Response step(Request request) {
        var step = found(request);
        return Response.json(PipelineJson.stepWithAttempts(step, service.attempts(step.ref())));
    }

    private RunStep found(Request request) {
        return service.step(request.workspace(), request.parameter("run"), request.parameter("step"));
    }

    private Response explain(Request request) {
        return Response.json(PipelineJson.explanation(
                service.explain(request.workspace(), request.parameter("run"), request.parameter("step"))));
    }

    private Response log(Request request) throws IOException {
        return Response.text(service.log(request.workspace(), request.parameter("run"), request.parameter("step")));
    }

    private Response decide(Request request) throws IOException {
        var made = request.fields()
                .flag("made")
                .orElseThrow(() -> malformed("The field 'made' is missing.", "Say true or false."));
        service.decide(request.workspace(), request.parameter("run"), request.parameter("step"), made);
        return Response.json(PipelineJson.step(found(request)));
    }

    private static Submission submission(Request request) throws IOException {
        var body = request.fields();
        var pipeline = body.fields("pipeline");
        var options = body.fields("options");
        return new Submission(
                request.workspace(),
                required(pipeline, "fileName"),
                required(pipeline, "text"),
                body.items("files").stream()
                        .map(item -> entry(item.asFields().orElse(Value.Fields.EMPTY)))
                        .toList(),
                body.fields("params"),
                new Submission.Options(
                        options.flag("cache").orElse(true),
                        options.text("from"),
                        options.text("profile").orElse("")),
                request.idempotencyKey().map(key -> new Submission.Repetition(key.value(), key.request())));
    }

    private static Submission.BundleEntry entry(Value.Fields fields) {
        return new Submission.BundleEntry(
                required(fields, "path"),
                digest(required(fields, "digest")),
                fields.whole("size").orElse(0L));
    }

    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("'" + text + "' is no digest.", "Write 64 lower-case hexadecimal digits.");
        }
    }

    private static String required(Value.Fields fields, String name) {
        return fields.text(name)
                .orElseThrow(() -> malformed("The field '" + name + "' is missing or no text.", "Add it."));
    }

    static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(PipelineErrorCode.MALFORMED_SUBMISSION, message, remedy);
    }
}
