package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of a figure or a value, both allowed: {@code min}, {@code max}, or {@code between} with both.
 */
record Bounds(Optional<Value> min, Optional<Value> max) {

    private static final Shape BOUND =
            new Shape.AnyOf(List.of(new Shape.Scalar(LogicalType.NUMBER), new Shape.Scalar(LogicalType.STRING)));

    /** The fields of bounds. */
    static final List<Shape.Field> FIELDS = List.of(
            Shape.Field.optional("min", BOUND, "The least that passes."),
            Shape.Field.optional("max", BOUND, "The greatest that passes."),
            Shape.Field.optional("between", new Shape.ListOf(BOUND), "The least and the greatest that pass."));

    static Bounds of(Value.Fields parameters) {
        var between = parameters.items("between");
        return between.size() == 2
                ? new Bounds(Optional.of(between.getFirst()), Optional.of(between.getLast()))
                : new Bounds(parameters.field("min"), parameters.field("max"));
    }

    /** Reports bounds that are missing or hold nothing. */
    static void check(Value.Fields parameters, ProblemTaker problems) {
        var between = parameters.field("between");
        var single =
                parameters.field("min").isPresent() || parameters.field("max").isPresent();
        if (between.isPresent() && (single || between.get().items().size() != 2)) {
            problems.problem(
                    "/between",
                    QualityErrorCode.CHECK_MALFORMED,
                    "'between' takes two values and stands alone.",
                    "Write between: [0, 10], or min and max.");
        } else if (between.isEmpty() && !single) {
            problems.problem(
                    "", QualityErrorCode.CHECK_MALFORMED, "The check has no bound.", "Add min, max or between.");
        } else if (of(parameters).holdNothing()) {
            problems.problem(
                    "",
                    QualityErrorCode.CHECK_MALFORMED,
                    "No value lies " + of(parameters).words() + ".",
                    "Swap the bounds.");
        }
    }

    private boolean holdNothing() {
        var low = min.flatMap(Value::asNumber);
        var high = max.flatMap(Value::asNumber);
        return low.isPresent() && high.isPresent() && low.get() > high.get();
    }

    /** Whether a figure lies within. */
    boolean hold(double figure) {
        return figure >= min.flatMap(Value::asNumber).orElse(Double.NEGATIVE_INFINITY)
                && figure <= max.flatMap(Value::asNumber).orElse(Double.POSITIVE_INFINITY);
    }

    /** In words, e.g. {@code between 1 and 12}. */
    String words() {
        if (min.isPresent() && max.isPresent()) {
            return "between " + Figures.text(min.get()) + " and " + Figures.text(max.get());
        }
        return min.map(low -> "at least " + Figures.text(low))
                .orElseGet(() -> "at most " + max.map(Figures::text).orElse("anything"));
    }
}
