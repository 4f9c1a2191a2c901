package dev.esteira.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An expression whose names and types have been checked. Immutable and thread-safe. */
public final class Expression {

    private final String text;
    private final CelAbstractSyntaxTree tree;
    private final ExpressionType.Struct variables;
    private final LogicalType asked;
    private final List<FieldPath> paths;

    Expression(String text, CelAbstractSyntaxTree tree, ExpressionType.Struct variables, LogicalType asked) {
        this.text = text;
        this.tree = tree;
        this.variables = variables;
        this.asked = asked;
        this.paths = PathCollector.paths(tree);
    }

    /** The expression as written. */
    public String text() {
        return text;
    }

    /** What the expression reads, in the order of the text; a longer path stands for its beginnings too. */
    public List<FieldPath> paths() {
        return paths;
    }

    /** The variables that the expression reads. */
    public Set<String> variables() {
        var names = new LinkedHashSet<String>();
        paths.forEach(path -> names.add(path.names().getFirst()));
        return names;
    }

    /** Evaluates; see {@link #evaluate(Map, Map)}. */
    public Outcome evaluate(Map<String, Value> values) {
        return evaluate(values, Map.of());
    }

    /**
     * Evaluates. Fields with the value {@code null} count as absent: {@code has} is false for them, and an answer that
     * depends on one is undecided. As in three-valued logic, {@code false && x}, {@code true || x}, and {@code all} with
     * one false item are decided whatever {@code x} is. Division by zero, a comparison of a text with a number and more
     * than {@value CelEnvironment#MAX_ITERATIONS} iterations leave the answer undecided too.
     *
     * @param values of the variables; one that is left out is absent
     * @param absences why something does not exist, as the end of a sentence ({@code the slice carrier = OO has one
     *     class only}), by JSON pointer below the variables, e.g. {@code /report/slices/3/roc_auc}
     */
    public Outcome evaluate(Map<String, Value> values, Map<String, String> absences) {
        var misses = new Misses(absences);
        try {
            var program = CelEnvironment.runtime().createProgram(tree);
            var answer = CelValues.back(program.eval(CelValues.variables(values, variables, misses)));
            if (answer.filter(this::fits).isEmpty()) {
                return new Outcome.Undecided("The expression gives no " + CelMessages.kindName(asked) + ".");
            }
            return new Outcome.Decided(answer.get());
        } catch (CelEvaluationException e) {
            return new Outcome.Undecided(misses.reason(e));
        }
    }

    private boolean fits(Value value) {
        return switch (asked) {
            case BOOLEAN -> value instanceof Value.Flag;
            case INTEGER -> value instanceof Value.Whole;
            case NUMBER, DECIMAL -> value.asNumber().isPresent();
            case STRING, DATE, TIMESTAMP -> value instanceof Value.Text;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
