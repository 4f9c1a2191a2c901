package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the engine knows of a step before anything ran, frozen into the run when it was submitted.
 *
 * @param kind the word in the file
 * @param major of the kind when the run was submitted
 * @param inputs where they come from, by name
 * @param references where they come from, by name
 * @param outputs the names of the outputs that it promises
 * @param dependsOn steps that come first and pass nothing on
 * @param condition without which the step is skipped
 * @param files the digests of the files that the fields name, by path
 * @param timeout of one attempt; empty for none
 */
record StepPlan(
        String kind,
        int major,
        StepSpec spec,
        SequencedMap<String, Source> inputs,
        SequencedMap<String, Source> references,
        List<String> outputs,
        List<String> dependsOn,
        Optional<Condition> condition,
        SequencedMap<String, Digest> files,
        RetryPolicy retry,
        Optional<Duration> timeout,
        CacheUse cache) {

    StepPlan {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        references = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(references));
        outputs = List.copyOf(outputs);
        dependsOn = List.copyOf(dependsOn);
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
    }

    /**
     * When the step runs.
     *
     * @param text a CEL expression
     * @param metadata of the pipeline, which it may ask
     * @param profile of the run, empty for none
     */
    record Condition(String text, Value.Fields metadata, String profile) {}

    /** The output of a step. */
    record Source(String step, String output, boolean optional) {}

    /**
     * How the step uses stored values.
     *
     * @param enabled whether it does
     * @param maxAge older values do not serve; empty for any age
     * @param salt makes the key another one
     */
    record CacheUse(boolean enabled, Optional<Duration> maxAge, Optional<String> salt) {

        static final CacheUse ON = new CacheUse(true, Optional.empty(), Optional.empty());
    }

    /** The steps before this one and how it depends on each, the strongest way where there are several. */
    SequencedMap<String, StepRules.Edge> edges() {
        var edges = new TreeMap<String, StepRules.Edge>();
        dependsOn.forEach(step -> edges.put(step, StepRules.Edge.CONTROL));
        for (var source : sources()) {
            var edge = source.optional() ? StepRules.Edge.OPTIONAL : StepRules.Edge.DATA;
            edges.merge(source.step(), edge, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
        return edges;
    }

    /** All outputs of other steps that it takes. */
    Set<Source> sources() {
        var all = new LinkedHashSet<>(inputs.values());
        all.addAll(references.values());
        return all;
    }
}
