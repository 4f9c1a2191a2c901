package dev.esteira.expression;

import java.util.List;

/** What came of compiling an expression. */
public sealed interface Compiled {

    /** It can be evaluated. */
    record Ready(Expression expression) implements Compiled {}

    /** It cannot; there is at least one problem, in the order of the text. */
    record Malformed(List<ExpressionProblem> problems) implements Compiled {
        public Malformed {
            problems = List.copyOf(problems);
        }
    }
}
