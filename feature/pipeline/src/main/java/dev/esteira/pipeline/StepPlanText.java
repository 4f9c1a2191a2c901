package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The document that a {@link StepPlan} is in a row. */
final class StepPlanText {

    private static final long FORMAT_VERSION = 1;

    private StepPlanText() {}

    static String write(StepPlan plan) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("formatVersion", Value.of(FORMAT_VERSION));
        fields.put("name", Value.of(plan.spec().name()));
        fields.put("kind", Value.of(plan.kind()));
        fields.put("major", Value.of(plan.major()));
        fields.put("fields", plan.spec().fields());
        fields.put("params", plan.spec().params());
        fields.put("inputs", sources(plan.inputs()));
        fields.put("references", sources(plan.references()));
        fields.put("outputs", Value.ofTexts(plan.outputs()));
        fields.put("dependsOn", Value.ofTexts(plan.dependsOn()));
        plan.condition().ifPresent(condition -> fields.put("condition", condition(condition)));
        var files = new LinkedHashMap<String, Value>();
        plan.files().forEach((path, digest) -> files.put(path, Value.of(digest.hex())));
        fields.put("files", Value.ofFields(files));
        fields.put("retry", retry(plan.retry()));
        plan.timeout().ifPresent(timeout -> fields.put("timeout", Value.of(timeout.toString())));
        fields.put("cache", cache(plan.cache()));
        return CanonicalJson.text(Value.ofFields(fields));
    }

    static StepPlan read(String text) {
        var fields = Json.parseFields(text);
        var files = new LinkedHashMap<String, Digest>();
        fields.fields("files")
                .entries()
                .forEach((path, hex) -> files.put(path, new Digest(hex.asText().orElseThrow())));
        return new StepPlan(
                fields.text("kind").orElseThrow(),
                Math.toIntExact(fields.whole("major").orElseThrow()),
                new StepSpec(fields.text("name").orElseThrow(), fields.fields("fields"), fields.fields("params")),
                sources(fields.fields("inputs")),
                sources(fields.fields("references")),
                texts(fields, "outputs"),
                texts(fields, "dependsOn"),
                fields.field("condition").flatMap(Value::asFields).map(StepPlanText::condition),
                files,
                retry(fields.fields("retry")),
                fields.text("timeout").map(Duration::parse),
                cache(fields.fields("cache")));
    }

    private static Value sources(SequencedMap<String, StepPlan.Source> sources) {
        var all = new LinkedHashMap<String, Value>();
        sources.forEach((name, source) -> {
            var one = new LinkedHashMap<String, Value>();
            one.put("step", Value.of(source.step()));
            one.put("output", Value.of(source.output()));
            one.put("optional", Value.of(source.optional()));
            all.put(name, Value.ofFields(one));
        });
        return Value.ofFields(all);
    }

    private static SequencedMap<String, StepPlan.Source> sources(Value.Fields fields) {
        var all = new LinkedHashMap<String, StepPlan.Source>();
        for (var name : fields.entries().keySet()) {
            var one = fields.fields(name);
            all.put(
                    name,
                    new StepPlan.Source(
                            one.text("step").orElseThrow(),
                            one.text("output").orElseThrow(),
                            one.flag("optional").orElse(false)));
        }
        return all;
    }

    private static Value condition(StepPlan.Condition condition) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("text", Value.of(condition.text()));
        fields.put("metadata", condition.metadata());
        fields.put("profile", Value.of(condition.profile()));
        return Value.ofFields(fields);
    }

    private static StepPlan.Condition condition(Value.Fields fields) {
        return new StepPlan.Condition(
                fields.text("text").orElseThrow(),
                fields.fields("metadata"),
                fields.text("profile").orElse(""));
    }

    private static Value retry(RetryPolicy policy) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("maxAttempts", Value.of(policy.maxAttempts()));
        fields.put("retryOn", Value.ofTexts(policy.retryOn()));
        fields.put("initial", Value.of(policy.initial().toString()));
        fields.put("factor", Value.of(policy.factor()));
        fields.put("longest", Value.of(policy.longest().toString()));
        fields.put("jitter", Value.of(policy.jitter()));
        return Value.ofFields(fields);
    }

    private static RetryPolicy retry(Value.Fields fields) {
        return new RetryPolicy(
                Math.toIntExact(fields.whole("maxAttempts").orElseThrow()),
                texts(fields, "retryOn"),
                Duration.parse(fields.text("initial").orElseThrow()),
                fields.number("factor").orElseThrow(),
                Duration.parse(fields.text("longest").orElseThrow()),
                fields.number("jitter").orElseThrow());
    }

    private static Value cache(StepPlan.CacheUse cache) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("enabled", Value.of(cache.enabled()));
        cache.maxAge().ifPresent(age -> fields.put("maxAge", Value.of(age.toString())));
        cache.salt().ifPresent(salt -> fields.put("salt", Value.of(salt)));
        return Value.ofFields(fields);
    }

    private static StepPlan.CacheUse cache(Value.Fields fields) {
        return new StepPlan.CacheUse(
                fields.flag("enabled").orElse(true), fields.text("maxAge").map(Duration::parse), fields.text("salt"));
    }

    private static java.util.List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .map(Value::asText)
                .flatMap(Optional::stream)
                .toList();
    }
}
