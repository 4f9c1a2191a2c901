package dev.esteira.client;

import dev.esteira.kernel.Value;

/** The cause of an exception that came from a server: everything that the answer said beside code and sentences. */
public final class ProblemDetails extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Value.Fields problem;

    ProblemDetails(Value.Fields problem) {
        super(problem.text("detail").orElse(""), null, false, false);
        this.problem = problem;
    }

    /** The problem as answered. */
    public Value.Fields problem() {
        return problem;
    }
}
