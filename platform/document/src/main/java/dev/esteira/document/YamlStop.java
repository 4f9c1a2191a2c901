package dev.esteira.document;

import java.util.Objects;

/** Ends the reading of a file at once, because going on would cost too much or make no sense. */
final class YamlStop extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LocatedProblem problem;

    YamlStop(LocatedProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = Objects.requireNonNull(problem);
    }

    LocatedProblem problem() {
        return problem;
    }
}
