package dev.esteira.pipelinespec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a step stands on.
 *
 * @param inputs by name, in the order of the file
 * @param references read, not passed on; by name, in the order of the file
 * @param dependsOn steps that come first and pass nothing on
 */
public record StepLinks(
        SequencedMap<String, OutputReference> inputs,
        SequencedMap<String, OutputReference> references,
        List<String> dependsOn) {

    public StepLinks {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        references = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(references));
        dependsOn = List.copyOf(dependsOn);
    }

    /** All steps before this one, each once. */
    public SequencedSet<String> predecessors() {
        var steps = new LinkedHashSet<String>();
        inputs.values().forEach(reference -> steps.add(reference.step()));
        references.values().forEach(reference -> steps.add(reference.step()));
        steps.addAll(dependsOn);
        return steps;
    }
}
