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
        try {
            PredicateParser.columns(expression(spec)).forEach(name -> Columns.known(name, schema, problems));
        } catch (PredicateParser.RefusedException e) {
            problems.problem("/expression", QualityErrorCode.PREDICATE_REFUSED, e.sentence(), e.remedy());
        }
    }

    private static String expression(CheckSpec spec) {
        return spec.parameters().text("expression").orElseThrow();
    }

    @Override
    public String applicable(CheckSpec spec, Schema schema) {
        return "TRUE";
    }

    @Override
    public String failing(CheckSpec spec, Schema schema) {
        return "NOT (" + expression(spec) + ")";
    }

    @Override
    public String expected(CheckSpec spec) {
        return expression(spec);
    }
}
