package dev.esteira.quality;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bounds of a figure or a value: {@code min}, {@code max}, {@code between} with both, or {@code equals}; or what must lie
 * outside, {@code notBetween} and {@code notEquals}. Bounds themselves are allowed unless {@code inclusive} says otherwise.
 *
 * @param lowAllowed whether the lower bound itself lies within
 * @param highAllowed whether the upper bound itself lies within
 * @param outside whether what lies within fails instead of passing
 */
record Bounds(Optional<Value> min, Optional<Value> max, boolean lowAllowed, boolean highAllowed, boolean outside) {

    private static final Shape NUMBER = new Shape.Scalar(LogicalType.NUMBER);
    private static final Shape ANY = new Shape.AnyOf(List.of(NUMBER, new Shape.Scalar(LogicalType.STRING)));
    private static final List<String> RANGES = List.of("between", "notBetween");
    private static final List<String> SINGLES = List.of("equals", "notEquals");

    /** The fields of bounds of values, which may be texts such as dates. */
    static final List<Shape.Field> OF_VALUES = fields(ANY);

    /** The fields of bounds of figures, which are numbers. */
    static final List<Shape.Field> OF_FIGURES = fields(NUMBER);

    private static List<Shape.Field> fields(Shape bound) {
        return List.of(
                Shape.Field.optional("min", bound, "The least that passes."),
                Shape.Field.optional("max", bound, "The greatest that passes."),
                Shape.Field.optional("between", new Shape.ListOf(bound), "The least and the greatest that pass."),
                Shape.Field.optional("notBetween", new Shape.ListOf(bound), "The least and the greatest that fail."),
                Shape.Field.optional("equals", bound, "The one that passes."),
                Shape.Field.optional("notEquals", bound, "The one that fails."),
                Shape.Field.optional(
                        "inclusive",
                        new Shape.Choice(List.of("both", "none", "left", "right")),
                        "Which bounds themselves lie within; both unless said otherwise."));
    }

    static Bounds of(Value.Fields parameters) {
        var inclusive = parameters.text("inclusive").orElse("both");
        var low = inclusive.equals("both") || inclusive.equals("left");
        var high = inclusive.equals("both") || inclusive.equals("right");
        for (var name : RANGES) {
            var range = parameters.items(name);
            if (range.size() == 2) {
                return new Bounds(
                        Optional.of(range.getFirst()), Optional.of(range.getLast()), low, high, name.startsWith("not"));
            }
        }
        for (var name : SINGLES) {
            var single = parameters.field(name);
            if (single.isPresent()) {
                return new Bounds(single, single, true, true, name.startsWith("not"));
            }
        }
        return new Bounds(parameters.field("min"), parameters.field("max"), low, high, false);
    }

    /** Reports bounds that are missing, contradict each other, or hold nothing. */
    static void check(Value.Fields parameters, ProblemTaker problems) {
        var written = new ArrayList<String>();
        if (parameters.field("min").isPresent() || parameters.field("max").isPresent()) {
            written.add("min and max");
        }
        RANGES.stream().filter(name -> parameters.field(name).isPresent()).forEach(written::add);
        SINGLES.stream().filter(name -> parameters.field(name).isPresent()).forEach(written::add);
        if (written.isEmpty()) {
            malformed("", "The check has no bound.", "Add min, max, between or equals.", problems);
        } else if (written.size() > 1) {
            malformed(
                    "",
                    "The check has more than one bound: " + String.join(", ", written) + ".",
                    "Leave one of them.",
                    problems);
        } else if (RANGES.contains(written.getFirst())
                && parameters.items(written.getFirst()).size() != 2) {
            malformed(
                    "/" + written.getFirst(),
                    "'" + written.getFirst() + "' takes two values.",
                    "Write " + written.getFirst() + ": [0, 10].",
                    problems);
        } else if (of(parameters).holdNothing()) {
            malformed("", "No value lies " + of(parameters).within() + ".", "Swap the bounds.", problems);
        }
    }

    private static void malformed(String pointer, String message, String remedy, ProblemTaker problems) {
        problems.problem(pointer, QualityErrorCode.CHECK_MALFORMED, message, remedy);
    }

    private boolean holdNothing() {
        var low = min.flatMap(Value::asNumber);
        var high = max.flatMap(Value::asNumber);
        if (low.isEmpty() || high.isEmpty()) {
            return false;
        }
        var open = !lowAllowed || !highAllowed;
        return open ? low.get() >= high.get() : low.get() > high.get();
    }

    /** Whether a figure passes. */
    boolean hold(double figure) {
        var low = min.flatMap(Value::asNumber).orElse(Double.NEGATIVE_INFINITY);
        var high = max.flatMap(Value::asNumber).orElse(Double.POSITIVE_INFINITY);
        var within = (lowAllowed ? figure >= low : figure > low) && (highAllowed ? figure <= high : figure < high);
        return within != outside;
    }

    /** The SQL condition that what an expression gives passes; bounds are given as literals. */
    String sql(String expression, Optional<String> low, Optional<String> high) {
        var above = low.map(bound -> expression + (lowAllowed ? " >= " : " > ") + bound);
        var below = high.map(bound -> expression + (highAllowed ? " <= " : " < ") + bound);
        var within = above.orElse("TRUE") + " AND " + below.orElse("TRUE");
        return outside ? "NOT (" + within + ")" : "(" + within + ")";
    }

    /** The bounds that there are. */
    List<Value> values() {
        return Stream.concat(min.stream(), max.stream()).distinct().toList();
    }

    /** What passes in words, e.g. {@code between 1 and 12}. */
    String words() {
        return outside ? "not " + within() : within();
    }

    private String within() {
        if (min.isPresent() && min.equals(max)) {
            return "equal to " + Figures.text(min.get());
        }
        if (min.isPresent() && max.isPresent() && lowAllowed && highAllowed) {
            return "between " + Figures.text(min.get()) + " and " + Figures.text(max.get());
        }
        var above = min.map(low -> (lowAllowed ? "at least " : "above ") + Figures.text(low));
        var below = max.map(high -> (highAllowed ? "at most " : "below ") + Figures.text(high));
        return above.isPresent() && below.isPresent()
                ? above.get() + " and " + below.get()
                : above.or(() -> below).orElse("at most anything");
    }
}
