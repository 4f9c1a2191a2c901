package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import dev.esteira.pipelinespec.CheckedPipeline;
import dev.esteira.pipelinespec.CheckedStep;
import dev.esteira.pipelinespec.OutputReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Turns a checked pipeline into what the engine keeps of it. Pure. */
final class Plans {

    private Plans() {}

    /** The plan of each step by name, in an order in which each comes after those before it. */
    static SequencedMap<String, StepPlan> of(
            CheckedPipeline pipeline, Map<String, RunStore.BundleFile> bundle, String profile) {
        var plans = new LinkedHashMap<String, StepPlan>();
        for (var step : pipeline.steps()) {
            plans.put(step.name(), plan(step, pipeline, bundle, profile));
        }
        return plans;
    }

    /**
     * A step and all that follow from it.
     *
     * @throws EsteiraException UNKNOWN_STEP
     */
    static Set<String> from(SequencedMap<String, StepPlan> plans, String first) {
        if (!plans.containsKey(first)) {
            throw unknownStep("The pipeline", first, plans.keySet());
        }
        var found = new LinkedHashSet<String>();
        found.add(first);
        plans.forEach((name, plan) -> {
            if (plan.edges().keySet().stream().anyMatch(found::contains)) {
                found.add(name);
            }
        });
        return found;
    }

    /** The error of a step that is not there, with the name that was probably meant. */
    static EsteiraException unknownStep(String where, String name, Collection<String> steps) {
        var near = NearestName.of(name, steps)
                .map(step -> "Did you mean '" + step + "'? ")
                .orElse("");
        return new EsteiraException(
                PipelineErrorCode.UNKNOWN_STEP,
                where + " has no step '" + name + "'.",
                near + "Its steps are " + String.join(", ", steps) + ".");
    }

    private static StepPlan plan(
            CheckedStep step, CheckedPipeline pipeline, Map<String, RunStore.BundleFile> bundle, String profile) {
        var files = new TreeMap<String, Digest>();
        for (var path : step.files().values()) {
            Optional.ofNullable(bundle.get(path)).ifPresent(file -> files.put(path, file.digest()));
        }
        var retry = step.policy().retry();
        var cache = step.policy().cache();
        return new StepPlan(
                step.kind().name(),
                step.kind().major(),
                step.spec(),
                sources(step.links().inputs()),
                sources(step.links().references()),
                List.copyOf(step.outputs().keySet()),
                List.copyOf(step.links().dependsOn()),
                step.condition()
                        .map(text ->
                                new StepPlan.Condition(text, pipeline.metadata().toValue(), profile)),
                files,
                new RetryPolicy(
                        retry.maxAttempts(),
                        retry.retryOn(),
                        retry.initial(),
                        retry.factor(),
                        retry.longest(),
                        retry.jitter()),
                step.policy().timeout(),
                new StepPlan.CacheUse(cache.enabled(), cache.maxAge(), cache.salt()));
    }

    private static SequencedMap<String, StepPlan.Source> sources(Map<String, OutputReference> references) {
        var sources = new LinkedHashMap<String, StepPlan.Source>();
        references.forEach((name, reference) ->
                sources.put(name, new StepPlan.Source(reference.step(), reference.output(), false)));
        return sources;
    }
}
