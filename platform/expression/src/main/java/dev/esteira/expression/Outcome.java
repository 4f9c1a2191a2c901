package dev.esteira.expression;

import dev.esteira.kernel.Value;

/** The answer of an expression. */
public sealed interface Outcome {

    /** The answer is known. */
    record Decided(Value value) implements Outcome {}

    /**
     * The answer depends on something that does not exist or cannot be computed.
     *
     * @param reason one sentence that names it
     */
    record Undecided(String reason) implements Outcome {}
}
