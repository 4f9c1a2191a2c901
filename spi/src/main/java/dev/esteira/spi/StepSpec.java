package dev.esteira.spi;

import dev.esteira.kernel.Value;

/**
 * A step as written, with every {@code ${{ }}} of parameters replaced by its value; what belongs to the engine (kind,
 * inputs, dependsOn, retry, timeout, cache …) is not in it.
 *
 * @param name the step's name; not for decisions or seeds, since renaming a step changes nothing
 * @param fields the kind's own fields
 * @param params the run's parameters that the step's conditions refer to, by name
 */
public record StepSpec(String name, Value.Fields fields, Value.Fields params) {}
