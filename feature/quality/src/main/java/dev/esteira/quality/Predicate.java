package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.spi.Shape;
import java.util.List;

/**
 * {@code row.predicate}: a scalar SQL expression over the row's columns that is true when all is well. What it may
 * contain is decided by {@link PredicateParser} before it ever stands in a query.
 */
record Predicate() implements CheckKind.OfRows {

    @Override
    public String name() {
        return "row.predicate";
    }

    @Override
    public String documentation() {
        return "A scalar SQL expression over the row's columns is true; null counts as passing.";
    }

    @Override
    public List<Shape.Field> parameters() {
        return List.of(
                Shape.Field.required(
                        "expression",
                        new Shape.Scalar(LogicalType.STRING),
                        "The expression: comparisons, arithmetic, and, or, not, between, in, like, case and simple functions."));
    }

    @Override
    public void check(CheckSpec spec, Schema schema, ProblemTaker problems) {
        check(expression(spec), schema, problems.below("/expression"));
    }

    /** Reports an expression that is no condition over rows with these columns. */
    static void check(String expression, Schema schema, ProblemTaker problems) {
        try {
            var unknown = PredicateParser.columns(expression).stream()
                    .filter(name -> Columns.known(name, schema, problems).isEmpty())
                    .toList();
            if (unknown.isEmpty()) {
                PredicateParser.misfit(expression, schema)
                        .ifPresent(why -> problems.problem(
                                "",
                                QualityErrorCode.PREDICATE_REFUSED,
                                "'" + expression + "' is no condition over these rows: " + why + ".",
                                "Write one scalar SQL expression that is true or false for a row."));
            }
        } catch (PredicateParser.RefusedException e) {
            problems.problem("", QualityErrorCode.PREDICATE_REFUSED, e.sentence(), e.remedy());
        }
    }

    private static String expression(CheckSpec spec) {
        return spec.parameters().text("expression").orElseThrow();
    }

    @Override
    public boolean asksMissing() {
        return true;
    }

    @Override
    public String applicable(CheckSpec spec, Schema schema) {
        return "TRUE";
    }

    @Override
    public String failing(CheckSpec spec, Schema schema) {
        // A comment at the expression's end must not swallow the parenthesis.
        return "NOT (" + expression(spec) + "\n)";
    }

    @Override
    public String expected(CheckSpec spec) {
        return expression(spec);
    }
}
