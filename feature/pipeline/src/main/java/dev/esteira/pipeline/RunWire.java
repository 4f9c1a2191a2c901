package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs, steps, plans and explanations as they are answered: camelCase, RFC 3339 times, ISO 8601 durations. */
final class RunWire {

    private RunWire() {}

    static Value.Fields run(PipelineRun run) {
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(run.id()))
                .with("pipeline", Value.of(run.pipeline()))
                .with("fileName", Value.of(run.fileName()))
                .with("state", Value.of(run.state().name()))
                .with("params", run.params())
                .with("seed", Value.of(run.seed()))
                .with("warnings", Value.of(run.warnings()))
                .with("lastSequence", Value.of(run.lastSeq()))
                .with("created", Value.of(run.createdAt().toString()));
        fields = with(fields, "reason", run.reason().map(Value::of));
        fields = with(fields, "origin", run.origin().map(Value::of));
        return times(fields, run.startedAt(), run.endedAt());
    }

    static Value.Fields run(PipelineRun run, List<Value> steps) {
        return run(run).with("steps", new Value.Sequence(steps));
    }

    /**
     * @param outputs those that are known, by name
     * @param attempts all of the step, in order
     */
    static Value.Fields step(RunStep step, Map<String, Artifact> outputs, List<Attempt> attempts) {
        var how = step.outcome().map(Outcome::how);
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(step.ref().toString()))
                .with("name", Value.of(step.name()))
                .with("kind", Value.of(step.plan().kind()))
                .with("state", Value.of(step.state().name()))
                .with("cached", Value.of(how.map(RunWire::reused).orElse(false)))
                .with("attempts", Value.of(step.tries().attempts()));
        fields = with(fields, "how", how.map(word -> Value.of(word.name())));
        fields = with(fields, "warnings", step.outcome().map(outcome -> Value.of(outcome.warnings())));
        fields = with(
                fields, "key", step.keyed().map(keyed -> Value.of(keyed.key().toString())));
        fields = with(fields, "causes", step.keyed().map(keyed -> causes(keyed.causes())));
        fields = with(fields, "failure", step.failure().map(RunWire::failure));
        var artifacts = new LinkedHashMap<String, Value>();
        outputs.forEach((name, artifact) -> artifacts.put(name, artifact(artifact)));
        var history = attempts.stream().map(RunWire::attempt).toList();
        return times(fields, step.startedAt(), step.endedAt())
                .with("outputs", Value.ofFields(artifacts))
                .with("history", new Value.Sequence(history));
    }

    private static boolean reused(Outcome.How how) {
        return how == Outcome.How.CACHED || how == Outcome.How.CARRIED;
    }

    static Value failure(Failure failure) {
        return Value.Fields.EMPTY
                .with("cause", Value.of(failure.cause().word()))
                .with("owner", Value.of(failure.owner().name()))
                .with("code", Value.of(failure.code()))
                .with("message", Value.of(failure.message()))
                .with("remedy", Value.of(failure.remedy()));
    }

    static Value.Fields artifact(Artifact artifact) {
        var files = artifact.files().stream()
                .<Value>map(file -> Value.Fields.EMPTY
                        .with("path", Value.of(file.path()))
                        .with("size", Value.of(file.size()))
                        .with("digest", Value.of(file.digest().toString())))
                .toList();
        return Value.Fields.EMPTY
                .with("id", Value.of(artifact.digest().toString()))
                .with("type", Value.of(artifact.type().text()))
                .with("digest", Value.of(artifact.digest().toString()))
                .with("size", Value.of(artifact.size()))
                .with("summary", artifact.summary())
                .with("files", new Value.Sequence(files));
    }

    static Value attempt(Attempt attempt) {
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(attempt.id()))
                .with("number", Value.of(attempt.number()))
                .with("how", Value.of(attempt.how().name()))
                .with("state", Value.of(attempt.state().name()))
                .with("annotations", attempt.annotations())
                .with("created", Value.of(attempt.createdAt().toString()));
        fields = with(fields, "failure", attempt.failure().map(RunWire::failure));
        fields = with(fields, "processorTime", attempt.usage().processor().map(RunWire::duration));
        fields = with(fields, "peakBytes", attempt.usage().peakBytes().map(Value::of));
        return times(fields, attempt.startedAt(), attempt.endedAt());
    }

    static Value planned(PlannedStep step) {
        var fields = Value.Fields.EMPTY
                .with("step", Value.of(step.step()))
                .with("kind", Value.of(step.kind()))
                .with("verdict", Value.of(step.verdict().name()))
                .with("causes", causes(step.causes()))
                .with("differences", differences(step.differences()))
                .with("dependsOn", Value.ofTexts(step.dependsOn()));
        return with(fields, "predicted", step.predicted().map(RunWire::duration));
    }

    static Value.Fields explanation(Explanation explanation) {
        var chain = explanation.chain().stream()
                .<Value>map(link ->
                        Value.Fields.EMPTY.with("step", Value.of(link.step())).with("causes", causes(link.causes())))
                .toList();
        var fields = Value.Fields.EMPTY
                .with("step", Value.of(explanation.step()))
                .with("state", Value.of(explanation.state().name()))
                .with("causes", causes(explanation.causes()))
                .with("differences", differences(explanation.differences()))
                .with("chain", new Value.Sequence(chain));
        fields = with(fields, "outcome", explanation.outcome().map(Value::of));
        fields = with(fields, "waiting", explanation.waiting().map(RunWire::waiting));
        fields = with(fields, "comparedWith", explanation.comparedWith().map(Value::of));
        return with(fields, "source", explanation.source().map(Value::of));
    }

    static Value.Fields waiting(Waiting waiting) {
        var fields = Value.Fields.EMPTY
                .with("id", Value.of(waiting.step()))
                .with("step", Value.of(waiting.step()))
                .with("state", Value.of(waiting.state().name()))
                .with("reason", Value.of(waiting.reason().name()))
                .with("sentence", Value.of(waiting.sentence()))
                .with("steps", Value.ofTexts(waiting.steps()));
        fields = with(fields, "until", waiting.until().map(moment -> Value.of(moment.toString())));
        return with(fields, "ahead", waiting.ahead().map(Value::of));
    }

    static Value event(RunEvent event) {
        var fields = Value.Fields.EMPTY
                .with("seq", Value.of(event.seq()))
                .with("at", Value.of(event.at().toString()))
                .with("type", Value.of(event.type()))
                .with("body", event.body());
        return with(fields, "step", event.step().map(Value::of));
    }

    private static Value causes(List<MissCause> causes) {
        return new Value.Sequence(causes.stream()
                .<Value>map(cause -> Value.Fields.EMPTY
                        .with("cause", Value.of(cause.name()))
                        .with("sentence", Value.of(cause.sentence())))
                .toList());
    }

    private static Value differences(List<Difference> differences) {
        return new Value.Sequence(
                differences.stream().<Value>map(RunWire::difference).toList());
    }

    private static Value.Fields difference(Difference difference) {
        var fields = Value.Fields.EMPTY
                .with("cause", Value.of(difference.cause().name()))
                .with("component", Value.of(difference.component()))
                .with("place", Value.of(difference.place()));
        fields = with(fields, "file", difference.file().map(Value::of));
        fields = with(fields, "from", difference.from().map(Value::of));
        return with(fields, "to", difference.to().map(Value::of));
    }

    private static Value.Fields times(Value.Fields fields, Optional<Instant> started, Optional<Instant> ended) {
        var timed = with(fields, "started", started.map(instant -> Value.of(instant.toString())));
        timed = with(timed, "ended", ended.map(instant -> Value.of(instant.toString())));
        return started.isPresent() && ended.isPresent()
                ? timed.with("duration", duration(Duration.between(started.get(), ended.get())))
                : timed;
    }

    private static Value duration(Duration duration) {
        return Value.of(duration.toString());
    }

    private static Value.Fields with(Value.Fields fields, String name, Optional<Value> value) {
        return value.isPresent() ? fields.with(name, value.get()) : fields;
    }

    /** The digests of a step's outputs by name. */
    static Map<String, Digest> outputs(RunStep step) {
        return step.outcome().<Map<String, Digest>>map(Outcome::outputs).orElse(Map.of());
    }
}
