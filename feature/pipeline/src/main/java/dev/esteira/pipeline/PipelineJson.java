package dev.esteira.pipeline;

import dev.esteira.document.LocatedProblem;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the addresses of this feature answer with. */
final class PipelineJson {

    private PipelineJson() {}

    static Value.Fields run(PipelineRun run) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("id", Value.of(run.id()));
        fields.put("state", Value.of(run.state().name()));
        text(fields, "reason", run.reason());
        fields.put("pipeline", Value.of(run.pipeline()));
        fields.put("fileName", Value.of(run.fileName()));
        fields.put("params", run.params());
        fields.put("seed", Value.of(run.seed()));
        text(fields, "origin", run.origin());
        fields.put("warnings", Value.of(run.warnings()));
        fields.put("openSteps", Value.of(run.openSteps()));
        fields.put("lastSeq", Value.of(run.lastSeq()));
        fields.put("createdAt", Value.of(run.createdAt().toString()));
        instant(fields, "startedAt", run.startedAt());
        instant(fields, "endedAt", run.endedAt());
        return Value.ofFields(fields);
    }

    static Value.Fields runWithSteps(PipelineRun run, List<RunStep> steps) {
        return run(run).with("steps", list(steps, PipelineJson::step));
    }

    static Value.Fields step(RunStep step) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("id", Value.of(step.name()));
        fields.put("kind", Value.of(step.plan().kind()));
        fields.put("state", Value.of(step.state().name()));
        fields.put("dependsOn", Value.ofTexts(List.copyOf(step.plan().edges().keySet())));
        fields.put("attempts", Value.of(step.tries().attempts()));
        step.keyed().ifPresent(keyed -> {
            fields.put("key", Value.of(keyed.key().hex()));
            fields.put("causes", causes(keyed.causes()));
        });
        step.outcome().ifPresent(outcome -> {
            fields.put("outcome", Value.of(outcome.how().name()));
            fields.put("outputs", digests(outcome.outputs()));
            fields.put("annotations", outcome.annotations());
            fields.put("warnings", Value.of(outcome.warnings()));
            text(fields, "source", outcome.source().map(RunStep.Basis::run));
        });
        step.failure().ifPresent(failure -> fields.put("error", failure(failure)));
        instant(fields, "startedAt", step.startedAt());
        instant(fields, "endedAt", step.endedAt());
        step.startedAt()
                .ifPresent(start -> step.endedAt()
                        .ifPresent(end -> fields.put(
                                "duration",
                                Value.of(Duration.between(start, end).toString()))));
        return Value.ofFields(fields);
    }

    static Value.Fields stepWithAttempts(RunStep step, List<Attempt> attempts) {
        return step(step).with("tries", list(attempts, PipelineJson::attempt));
    }

    private static Value.Fields attempt(Attempt attempt) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("id", Value.of(attempt.id()));
        fields.put("number", Value.of(attempt.number()));
        fields.put("state", Value.of(attempt.state().name()));
        fields.put("annotations", attempt.annotations());
        attempt.failure().ifPresent(failure -> fields.put("error", failure(failure)));
        attempt.usage().processor().ifPresent(time -> fields.put("processorTime", Value.of(time.toString())));
        attempt.usage().peakBytes().ifPresent(bytes -> fields.put("peakMemory", Value.of(bytes)));
        fields.put("createdAt", Value.of(attempt.createdAt().toString()));
        instant(fields, "endedAt", attempt.endedAt());
        return Value.ofFields(fields);
    }

    private static Value failure(Failure failure) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("cause", Value.of(failure.cause().word()));
        fields.put("code", Value.of(failure.code()));
        fields.put("message", Value.of(failure.message()));
        fields.put("remedy", Value.of(failure.remedy()));
        return Value.ofFields(fields);
    }

    static Value.Fields event(RunEvent event) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("seq", Value.of(event.seq()));
        fields.put("at", Value.of(event.at().toString()));
        fields.put("type", Value.of(event.type()));
        text(fields, "step", event.step());
        fields.putAll(event.body().entries());
        return Value.ofFields(fields);
    }

    static Value.Fields planned(PlannedStep step) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("step", Value.of(step.step()));
        fields.put("kind", Value.of(step.kind()));
        fields.put("verdict", Value.of(step.verdict().name()));
        fields.put("causes", causes(step.causes()));
        fields.put("differences", list(step.differences(), PipelineJson::difference));
        fields.put("dependsOn", Value.ofTexts(step.dependsOn()));
        step.predicted().ifPresent(time -> fields.put("predictedDuration", Value.of(time.toString())));
        return Value.ofFields(fields);
    }

    static Value.Fields explanation(Explanation explanation) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("step", Value.of(explanation.step()));
        fields.put("state", Value.of(explanation.state().name()));
        text(fields, "outcome", explanation.outcome());
        fields.put("causes", causes(explanation.causes()));
        fields.put("differences", list(explanation.differences(), PipelineJson::difference));
        text(fields, "comparedWith", explanation.comparedWith());
        text(fields, "source", explanation.source());
        fields.put("chain", list(explanation.chain(), link -> {
            var one = new LinkedHashMap<String, Value>();
            one.put("step", Value.of(link.step()));
            one.put("causes", causes(link.causes()));
            return Value.ofFields(one);
        }));
        return Value.ofFields(fields);
    }

    static Value.Fields problems(List<LocatedProblem> problems) {
        return Value.Fields.EMPTY.with("problems", list(problems, LocatedProblem::toValue));
    }

    static Value.Fields artifact(Artifact artifact) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("id", Value.of(artifact.digest().hex()));
        fields.put("type", Value.of(artifact.type().text()));
        fields.put("size", Value.of(artifact.size()));
        fields.put("summary", artifact.summary());
        fields.put("files", list(artifact.files(), PipelineJson::file));
        return Value.ofFields(fields);
    }

    private static Value.Fields file(ArtifactFile file) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("path", Value.of(file.path()));
        fields.put("digest", Value.of(file.digest().hex()));
        fields.put("size", Value.of(file.size()));
        return Value.ofFields(fields);
    }

    static <T> Value list(List<T> items, Function<? super T, ? extends Value> change) {
        return new Value.Sequence(items.stream().<Value>map(change).toList());
    }

    private static Value.Fields difference(Difference difference) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("cause", Value.of(difference.cause().name()));
        fields.put("component", Value.of(difference.component()));
        fields.put("place", Value.of(difference.place()));
        text(fields, "file", difference.file());
        text(fields, "from", difference.from());
        text(fields, "to", difference.to());
        return Value.ofFields(fields);
    }

    private static Value causes(List<MissCause> causes) {
        return Value.ofTexts(causes.stream().map(Enum::name).toList());
    }

    private static Value digests(Map<String, Digest> outputs) {
        var fields = new LinkedHashMap<String, Value>();
        outputs.forEach((name, digest) -> fields.put(name, Value.of(digest.hex())));
        return Value.ofFields(fields);
    }

    private static void text(Map<String, Value> fields, String name, Optional<String> text) {
        text.ifPresent(one -> fields.put(name, Value.of(one)));
    }

    private static void instant(Map<String, Value> fields, String name, Optional<Instant> instant) {
        instant.ifPresent(one -> fields.put(name, Value.of(one.toString())));
    }
}
