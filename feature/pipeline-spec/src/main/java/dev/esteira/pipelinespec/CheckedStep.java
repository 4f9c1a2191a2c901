package dev.esteira.pipelinespec;

import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step without problems.
 *
 * @param spec what its kind is given: every parameter replaced
 * @param condition the CEL expression without which the step is skipped, see {@link RunCondition}
 * @param files the paths that the step names, by JSON pointer below the step
 * @param outputs what its kind says of its outputs, by name
 */
public record CheckedStep(
        StepSpec spec,
        StepKind kind,
        StepLinks links,
        StepPolicy policy,
        Optional<String> condition,
        SortedMap<String, String> files,
        SequencedMap<String, Outline> outputs) {

    public CheckedStep {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    }

    /** The name of the step. */
    public String name() {
        return spec.name();
    }
}
