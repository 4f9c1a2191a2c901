package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import dev.esteira.document.Suggestion;
import dev.esteira.kernel.Quantity;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how the engine treats a step, from the step and the file's defaults. */
final class PolicyReader {

    static final StepPolicy NONE = new StepPolicy(RetrySpec.DEFAULT, Optional.empty(), CacheSpec.DEFAULT);

    private static final List<String> CAUSES = List.of("infra", "lost", "oom", "timeout");
    private static final Pattern EXIT = Pattern.compile("exit:\\d{1,3}");

    private final Value.Fields defaults;
    private final Problems problems;

    PolicyReader(Value.Fields defaults, Problems problems) {
        this.defaults = defaults;
        this.problems = problems;
        checkCauses(defaults.fields("retry"), "/spec/defaults/retry");
    }

    /** The policy of a step whose fields fit their shape. */
    StepPolicy read(Value.Fields step, StepKind kind, String pointer) {
        var retry = merged(step, kind, "retry");
        var timeout = merged(step, kind, "timeout");
        var cache = merged(step, kind, "cache");
        checkCauses(step.fields("retry"), Pointers.child(pointer, "retry"));
        return new StepPolicy(
                retry(retry),
                timeout.text("run").map(Quantity::duration),
                new CacheSpec(
                        !cache.text("mode").equals(Optional.of("off")),
                        cache.text("maxAge").map(Quantity::duration),
                        cache.text("salt")));
    }

    /** What the step says of a field over what the defaults say; nothing of the step where the name is its kind's own. */
    private Value.Fields merged(Value.Fields step, StepKind kind, String name) {
        var all = new LinkedHashMap<>(defaults.fields(name).entries());
        if (kind.shape().fields().stream().noneMatch(field -> field.name().equals(name))) {
            all.putAll(step.fields(name).entries());
        }
        return new Value.Fields(all);
    }

    private static RetrySpec retry(Value.Fields fields) {
        var backoff = fields.fields("backoff");
        var usual = RetrySpec.DEFAULT;
        var causes = fields.items("retryOn").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
        var constant = backoff.text("type").equals(Optional.of("constant"));
        return new RetrySpec(
                fields.whole("maxAttempts").map(Math::toIntExact).orElse(usual.maxAttempts()),
                fields.field("retryOn").isPresent() ? causes : usual.retryOn(),
                duration(backoff, "initial").orElse(usual.initial()),
                constant ? 1 : backoff.number("factor").orElse(usual.factor()),
                duration(backoff, "max").orElse(usual.longest()),
                backoff.number("jitter").orElse(usual.jitter()));
    }

    private static Optional<Duration> duration(Value.Fields fields, String name) {
        return fields.text(name).map(Quantity::duration);
    }

    private void checkCauses(Value.Fields retry, String pointer) {
        var causes = retry.items("retryOn");
        for (var index = 0; index < causes.size(); index++) {
            var at = Pointers.child(Pointers.child(pointer, "retryOn"), index);
            causes.get(index)
                    .asText()
                    .filter(cause ->
                            !CAUSES.contains(cause) && !EXIT.matcher(cause).matches())
                    .ifPresent(cause -> problems.value(
                            at,
                            PipelineSpecErrorCode.RETRY_CAUSE_UNKNOWN,
                            "There is no cause '" + cause + "'.",
                            Suggestion.of(cause, CAUSES, "") + " An exit status is written exit:75."));
        }
    }
}
