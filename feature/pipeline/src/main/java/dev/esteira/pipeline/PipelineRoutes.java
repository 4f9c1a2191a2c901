package dev.esteira.pipeline;

import dev.esteira.document.LocatedProblem;
import dev.esteira.http.Access;
import dev.esteira.http.EventFeed;
import dev.esteira.http.IdempotencyKey;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import dev.esteira.pipelinespec.PipelineCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses of pipelines and their runs. */
final class PipelineRoutes {

    private static final String RUNS = "/api/v1/pipeline-runs";
    private static final String LIST = "pipeline-runs";
    private static final int MALFORMED = 422;

    private final PipelineService service;
    private final RunArtifacts artifacts;

    PipelineRoutes(PipelineService service, RunArtifacts artifacts) {
        this.service = service;
        this.artifacts = artifacts;
    }

    Routes routes() {
        return Routes.of(
                "pipelines",
                Route.post("/api/v1/pipelines/outline", this::outline)
                        .access(Access.READ)
                        .describedAs("The problems of a pipeline file by itself, and the files that it names."),
                Route.post("/api/v1/pipelines/validate", this::validate)
                        .access(Access.WRITE)
                        .describedAs("All problems of a pipeline file with its files."),
                Route.post("/api/v1/pipelines/plan", this::plan)
                        .access(Access.WRITE)
                        .describedAs("What would run, and why."),
                Route.post(RUNS, this::submit).access(Access.WRITE).describedAs("Makes a run."),
                Route.get(RUNS, this::list).access(Access.READ).describedAs("Lists runs, the latest first."),
                Route.get(RUNS + "/{run}", this::show).access(Access.READ).describedAs("A run with its steps."),
                Route.get(RUNS + "/{run}/events", this::events)
                        .access(Access.READ)
                        .describedAs("The run's events, as they happen."),
                Route.post(RUNS + "/{run}/cancel", this::cancel)
                        .access(Access.WRITE)
                        .describedAs("Asks a run to end."),
                Route.post(RUNS + "/{run}/resume", this::resume)
                        .access(Access.WRITE)
                        .describedAs("Goes on with a run: the same one when it has not ended, else a new one."),
                Route.get(RUNS + "/{run}/steps/{step}", this::step)
                        .access(Access.READ)
                        .describedAs("A step with its attempts and outputs."),
                Route.get(RUNS + "/{run}/steps/{step}/explanation", this::explanation)
                        .access(Access.READ)
                        .describedAs("Why a step ran, or did not have to."),
                Route.get(RUNS + "/{run}/steps/{step}/log", this::log)
                        .access(Access.READ)
                        .describedAs("The log of a step's latest attempt."),
                Route.post(RUNS + "/{run}/steps/{step}/decision", this::decision)
                        .access(Access.WRITE)
                        .describedAs("Says whether the change of a step that waits for a person was made."));
    }

    private Response outline(Request request) throws IOException {
        var body = request.fields();
        var pipeline = body.field("pipeline").isPresent() ? body.fields("pipeline") : body;
        var outline = service.outline(text(pipeline, "fileName"), text(pipeline, "text"), body.fields("params"));
        return Response.json(problems(outline.problems()).with("files", Value.ofTexts(List.copyOf(outline.files()))));
    }

    private Response validate(Request request) throws IOException {
        return switch (service.validate(submission(request))) {
            case PipelineCheck.Valid valid -> Response.json(problems(List.of()));
            case PipelineCheck.Invalid(var problems) -> Response.json(problems(problems));
        };
    }

    private Response plan(Request request) throws IOException {
        var steps =
                service.plan(submission(request)).stream().map(RunWire::planned).toList();
        return Response.json(Value.Fields.EMPTY.with("steps", new Value.Sequence(steps)));
    }

    private Response submit(Request request) throws IOException {
        return switch (service.submit(submission(request))) {
            case Submitted.Accepted(var run) ->
                Response.created(RUNS + "/" + run.id(), RunWire.run(run, steps(request, run.id())));
            case Submitted.Refused(var problems) -> Response.json(MALFORMED, refused(problems));
        };
    }

    private Response list(Request request) {
        var page = request.page(LIST);
        var after = page.after().flatMap(position -> position.text("id"));
        var found = service.list(request.workspace(), after, page.size());
        var next = found.nextPageToken().map(id -> PageToken.encode(LIST, Value.Fields.EMPTY.with("id", Value.of(id))));
        return Response.page(new Page<>(found.items(), next).map(RunWire::run));
    }

    private Response show(Request request) {
        var run = service.show(request.workspace(), request.parameter("run"));
        return Response.json(RunWire.run(run, steps(request, run.id())));
    }

    private Response events(Request request) {
        var run = service.show(request.workspace(), request.parameter("run"));
        return Response.events(request.eventsAfter(), (after, wait) -> {
            var found = service.events(run.workspace(), run.id(), after, wait);
            var events = found.events().stream()
                    .map(event -> new EventFeed.Event(event.seq(), event.type(), RunWire.event(event)))
                    .toList();
            return new EventFeed.Batch(events, found.ended());
        });
    }

    private Response cancel(Request request) {
        var run = service.cancel(request.workspace(), request.parameter("run"), "a person");
        return Response.json(RunWire.run(run));
    }

    private Response resume(Request request) throws IOException {
        var run = service.resume(
                request.workspace(), request.parameter("run"), request.fields().text("from"));
        return Response.json(RunWire.run(run, steps(request, run.id())));
    }

    private Response step(Request request) {
        var step = service.step(request.workspace(), request.parameter("run"), request.parameter("step"));
        return Response.json(RunWire.step(step, artifacts.of(request.workspace(), step), service.attempts(step.ref())));
    }

    private Response explanation(Request request) {
        return Response.json(RunWire.explanation(
                service.explain(request.workspace(), request.parameter("run"), request.parameter("step"))));
    }

    private Response decision(Request request) throws IOException {
        var made = request.fields()
                .flag("made")
                .orElseThrow(() -> new EsteiraException(
                        PipelineErrorCode.SUBMISSION_MALFORMED,
                        "The request does not say whether the change was made.",
                        "Send {\"made\": true} or {\"made\": false}."));
        service.decide(request.workspace(), request.parameter("run"), request.parameter("step"), made);
        return step(request);
    }

    private Response log(Request request) throws IOException {
        var log = service.log(request.workspace(), request.parameter("run"), request.parameter("step"));
        return Response.bytes(200, "text/plain; charset=utf-8", log.getBytes(StandardCharsets.UTF_8));
    }

    private List<Value> steps(Request request, String run) {
        var attempts = service.attempts(request.workspace(), run);
        var steps = new ArrayList<Value>();
        for (var step : service.steps(request.workspace(), run)) {
            steps.add(RunWire.step(
                    step, artifacts.of(request.workspace(), step), attempts.getOrDefault(step.name(), List.of())));
        }
        return steps;
    }

    private static Submission submission(Request request) throws IOException {
        var body = request.fields();
        var pipeline = body.fields("pipeline");
        var files = new ArrayList<Submission.BundleEntry>();
        for (var item : body.items("files")) {
            var file = item.asFields().orElse(Value.Fields.EMPTY);
            files.add(new Submission.BundleEntry(
                    text(file, "path"),
                    digest(text(file, "digest")),
                    file.whole("size").orElse(0L)));
        }
        var options = body.fields("options");
        return new Submission(
                request.workspace(),
                text(pipeline, "fileName"),
                text(pipeline, "text"),
                files,
                body.fields("params"),
                new Submission.Options(
                        options.flag("cache").orElse(true),
                        options.text("from"),
                        options.text("profile").orElse(""),
                        options.whole("seed")),
                request.idempotencyKey().map(PipelineRoutes::repetition));
    }

    private static Submission.Repetition repetition(IdempotencyKey key) {
        return new Submission.Repetition(key.value(), key.request());
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name)
                .orElseThrow(
                        () -> new EsteiraException(
                                PipelineErrorCode.SUBMISSION_MALFORMED,
                                "The request lacks the text '" + name + "'.",
                                "Send {\"pipeline\": {\"fileName\": …, \"text\": …}, \"files\": [{\"path\": …, \"digest\": …, \"size\": …}]}."));
    }

    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EsteiraException(
                    PipelineErrorCode.SUBMISSION_MALFORMED,
                    "'" + text + "' is not a digest.",
                    "Send sha256: and 64 lower-case hexadecimal digits.",
                    e);
        }
    }

    private static Value.Fields problems(List<LocatedProblem> problems) {
        return Value.Fields.EMPTY
                .with("valid", Value.of(problems.isEmpty()))
                .with(
                        "problems",
                        new Value.Sequence(problems.stream()
                                .<Value>map(LocatedProblem::toValue)
                                .toList()));
    }

    private static Value.Fields refused(List<LocatedProblem> problems) {
        var first = problems.getFirst();
        return problems(problems)
                .with("title", Value.of(PipelineErrorCode.PIPELINE_REFUSED.description()))
                .with("status", Value.of(MALFORMED))
                .with("code", Value.of(PipelineErrorCode.PIPELINE_REFUSED.name()))
                .with(
                        "owner",
                        Value.of(PipelineErrorCode.PIPELINE_REFUSED.owner().name()))
                .with("detail", Value.of(first.render()))
                .with(
                        "remedy",
                        Value.of(Optional.of(first.remedy())
                                .filter(text -> !text.isEmpty())
                                .orElse("Mend the file.")));
    }
}
