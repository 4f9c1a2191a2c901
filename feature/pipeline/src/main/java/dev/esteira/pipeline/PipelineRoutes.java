package dev.esteira.pipeline;

import dev.esteira.document.LocatedProblem;
import dev.esteira.http.Access;
import dev.esteira.http.EventFeed;
import dev.esteira.http.PageToken;
import dev.esteira.http.Problem;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import dev.esteira.pipelinespec.PipelineCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The addresses of pipelines and their runs. */
final class PipelineRoutes {

    private static final String RUNS = "/api/v1/pipeline-runs";
    private static final String LIST = "pipeline-runs";

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
                Route.get(RUNS + "/{run}/waiting", this::waiting)
                        .access(Access.READ)
                        .describedAs("What the steps of a run wait for."),
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
                        .describedAs("The log of a step's latest attempt, behind its first 'after' bytes."),
                Route.post(RUNS + "/{run}/steps/{step}/decision", this::decision)
                        .access(Access.WRITE)
                        .describedAs("Says whether the change of a step that waits for a person was made."));
    }

    private Response outline(Request request) throws IOException {
        var body = RequestBodies.outline(request);
        var outline = service.outline(
                RequestBodies.text(body, "fileName"), RequestBodies.text(body, "text"), body.fields("params"));
        return Response.json(problems(outline.problems()).with("files", Value.ofTexts(List.copyOf(outline.files()))));
    }

    private Response validate(Request request) throws IOException {
        return switch (service.validate(RequestBodies.submission(request))) {
            case PipelineCheck.Valid valid -> Response.json(problems(List.of()));
            case PipelineCheck.Invalid(var problems) -> Response.json(problems(problems));
        };
    }

    private Response plan(Request request) throws IOException {
        var steps = service.plan(RequestBodies.submission(request)).stream()
                .map(RunWire::planned)
                .toList();
        return Response.json(Value.Fields.EMPTY.with("steps", new Value.Sequence(steps)));
    }

    private Response submit(Request request) throws IOException {
        return switch (service.submit(RequestBodies.submission(request))) {
            case Submitted.Accepted(var run) ->
                Response.created(RUNS + "/" + run.id(), RunWire.run(run, steps(request, run.id())));
            case Submitted.Refused(var problems) -> refused(request, problems);
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

    private Response waiting(Request request) {
        var waiting = service.waiting(request.workspace(), request.parameter("run"));
        return Response.page(new Page<>(waiting, Optional.empty()).map(RunWire::waiting));
    }

    private Response events(Request request) {
        var run = service.show(request.workspace(), request.parameter("run"));
        return Response.events(request.eventsAfter(), (after, wait) -> {
            var found = service.events(run.workspace(), run.id(), after, wait);
            var events = found.events().stream()
                    .map(event -> new EventFeed.Event(event.seq(), event.type(), RunWire.event(event)))
                    .toList();
            return new EventFeed.Batch(events, found.ended(), found.obstacle().map(RunWire::failure));
        });
    }

    private Response cancel(Request request) {
        var run = service.cancel(request.workspace(), request.parameter("run"), "a person");
        return Response.json(RunWire.run(run));
    }

    private Response resume(Request request) throws IOException {
        var from = RequestBodies.resume(request).text("from");
        var run = service.resume(request.workspace(), request.parameter("run"), from, request.idempotencyKey());
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
        var made = RequestBodies.decision(request);
        service.decide(request.workspace(), request.parameter("run"), request.parameter("step"), made);
        return step(request);
    }

    private Response log(Request request) throws IOException {
        var after = request.query("after", "a number of bytes", Long::parseUnsignedLong)
                .orElse(0L);
        var log = service.log(request.workspace(), request.parameter("run"), request.parameter("step"), after);
        return Response.bytes(200, "text/plain; charset=utf-8", log);
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

    private static Value.Fields problems(List<LocatedProblem> problems) {
        return Value.Fields.EMPTY
                .with("valid", Value.of(problems.isEmpty()))
                .with(
                        "problems",
                        new Value.Sequence(problems.stream()
                                .<Value>map(LocatedProblem::toValue)
                                .toList()));
    }

    /** A problem like any other, with all that is wrong with the file. */
    private static Response refused(Request request, List<LocatedProblem> problems) {
        var first = problems.getFirst();
        var remedy = first.remedy().isEmpty() ? "Mend the file." : first.remedy();
        var body = new Problem(PipelineErrorCode.PIPELINE_REFUSED, first.render(), Optional.of(remedy), request.id())
                .body();
        var all = new LinkedHashMap<>(body.entries());
        all.putAll(problems(problems).entries());
        return Response.json(PipelineErrorCode.PIPELINE_REFUSED.status(), Value.ofFields(all))
                .withHeader("Content-Type", Problem.MEDIA_TYPE);
    }
}
