package dev.esteira.pipelinespec;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.Optional;

/**
 * A parameter as a pipeline file declares it.
 *
 * @param fallback the value when none is given; empty for a parameter that must be given
 * @param minimum the smallest number allowed
 * @param maximum the largest number allowed
 */
public record ParamSpec(
        String name,
        LogicalType type,
        Optional<Value> fallback,
        Optional<Value> minimum,
        Optional<Value> maximum,
        Optional<String> description) {}
