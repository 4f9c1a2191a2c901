package dev.esteira.pipelinespec;

import dev.esteira.kernel.Value;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step as read, before its kind has seen it.
 *
 * @param links those that lead to a step
 * @param fields the kind's own fields, parameters replaced
 * @param params what the step's conditions refer to
 * @param sound whether no problem was found so far and its kind may look at it
 */
record StepDraft(
        String name,
        Optional<StepKind> kind,
        StepLinks links,
        StepPolicy policy,
        Optional<String> condition,
        Value.Fields fields,
        Value.Fields params,
        SortedMap<String, String> files,
        boolean sound) {

    StepDraft {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    StepSpec spec() {
        return new StepSpec(name, fields, params);
    }
}
