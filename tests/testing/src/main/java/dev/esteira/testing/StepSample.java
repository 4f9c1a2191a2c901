package dev.esteira.testing;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Outline;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that a kind takes, with real inputs.
 *
 * @param fields the kind's own fields, nothing wrong with them
 * @param bundle where the files lie that the fields name
 * @param inputs by name
 * @param references by name
 * @param outlines what a file tells of inputs and references, by name; those left out are told by their type alone
 * @param origins which outputs the inputs derive from, by name
 */
public record StepSample(
        Value.Fields fields,
        Path bundle,
        Map<String, Artifact> inputs,
        Map<String, Artifact> references,
        Map<String, Outline> outlines,
        Map<String, List<CheckContext.Origin>> origins) {

    public StepSample {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
        outlines = Map.copyOf(outlines);
        origins = Map.copyOf(origins);
    }

    /** A step with inputs and nothing else around it. */
    public static StepSample of(Value.Fields fields, Path bundle, Map<String, Artifact> inputs) {
        return new StepSample(fields, bundle, inputs, Map.of(), Map.of(), Map.of());
    }

    /** The outlines of inputs or references. */
    Map<String, Outline> outlinesOf(Map<String, Artifact> artifacts) {
        var all = new LinkedHashMap<String, Outline>();
        artifacts.forEach((name, artifact) -> all.put(name, outlines.getOrDefault(name, Outline.of(artifact.type()))));
        return all;
    }
}
