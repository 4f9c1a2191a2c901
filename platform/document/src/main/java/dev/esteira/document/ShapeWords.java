package dev.esteira.document;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.stream.Collectors;

/** Shapes and values in sentences. */
final class ShapeWords {

    private static final int SHOWN = 60;
    private static final int LISTED = 12;

    private ShapeWords() {}

    static String describe(Shape shape) {
        return switch (shape) {
            case Shape.Scalar(var type) -> describe(type);
            case Shape.WholeIn(var min, var max) -> "an integer" + bounds(bound(min), bound(max));
            case Shape.NumberIn(var min, var max) -> "a number" + bounds(bound(min), bound(max));
            case Shape.Choice(var words) when words.size() == 1 -> "the word " + words.getFirst();
            case Shape.Choice(var words) ->
                words.size() > LISTED ? "a known word" : "one of " + String.join(", ", words);
            case Shape.Duration duration -> "a duration such as 250ms, 10s, 15min, 36h or 7d";
            case Shape.Size size -> "a size such as 200MiB or 4GiB";
            case Shape.FilePath path -> "the path of a file";
            case Shape.Condition condition -> "a CEL condition as a text";
            case Shape.Anything anything -> "any value";
            case Shape.ListOf list -> "a list";
            case Shape.MapOf map -> "a map";
            case Shape.Group group -> "a map";
            case Shape.Tagged(var variants) ->
                "a map with one of the fields "
                        + variants.keySet().stream().sorted().collect(Collectors.joining(", "));
            case Shape.AnyOf(var shapes) ->
                shapes.stream().map(ShapeWords::describe).collect(Collectors.joining(", or "));
        };
    }

    private static String describe(LogicalType type) {
        return switch (type) {
            case STRING -> "a text";
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date such as 2013-09-01";
            case TIMESTAMP -> "a time such as 2013-09-01T04:00:00Z";
            case DECIMAL -> "a decimal number such as 12.50";
        };
    }

    private static String bounds(String min, String max) {
        if (min.isEmpty()) {
            return max.isEmpty() ? "" : " of at most " + max;
        }
        return max.isEmpty() ? " of at least " + min : " between " + min + " and " + max;
    }

    private static String bound(long bound) {
        return bound == Long.MIN_VALUE || bound == Long.MAX_VALUE ? "" : Long.toString(bound);
    }

    private static String bound(double bound) {
        return Math.abs(bound) >= Double.MAX_VALUE ? "" : Json.number(bound);
    }

    /** Whether the value is of the kind (text, number, list, map …) that the shape takes. */
    static boolean kindFits(Value value, Shape shape) {
        return switch (shape) {
            case Shape.Scalar(var type) ->
                switch (type) {
                    case STRING, DATE, TIMESTAMP -> value instanceof Value.Text;
                    case INTEGER -> value.asWhole().isPresent();
                    case NUMBER -> value.asNumber().isPresent();
                    case BOOLEAN -> value instanceof Value.Flag;
                    case DECIMAL ->
                        value instanceof Value.Text || value.asNumber().isPresent();
                };
            case Shape.WholeIn whole -> value.asWhole().isPresent();
            case Shape.NumberIn number -> value.asNumber().isPresent();
            case Shape.Choice choice -> value instanceof Value.Text;
            case Shape.Duration duration -> value instanceof Value.Text;
            case Shape.Size size -> value instanceof Value.Text;
            case Shape.FilePath path -> value instanceof Value.Text;
            case Shape.Condition condition -> value instanceof Value.Text;
            case Shape.Anything anything -> true;
            case Shape.ListOf list -> value instanceof Value.Sequence;
            case Shape.MapOf map -> value instanceof Value.Fields;
            case Shape.Group group -> value instanceof Value.Fields;
            case Shape.Tagged tagged -> value instanceof Value.Fields;
            case Shape.AnyOf(var shapes) -> shapes.stream().anyMatch(one -> kindFits(value, one));
        };
    }

    /** The value for a message: short ones as they are, long ones by their kind. */
    static String shown(Value value) {
        return switch (value) {
            case Value.Text(var text) ->
                "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text).replaceAll("\\s+", " ") + "'";
            case Value.Whole whole -> CanonicalJson.text(whole);
            case Value.Real real -> CanonicalJson.text(real);
            case Value.Flag flag -> CanonicalJson.text(flag);
            case Value.Nothing nothing -> "nothing";
            case Value.Sequence sequence -> "a list";
            case Value.Fields fields -> "a map";
        };
    }

    /** What to do about a value of the wrong kind, where more can be said than the shape. */
    static String remedy(Value value, Shape shape) {
        return switch (shape) {
            case Shape.Scalar(var type)
            when type == LogicalType.BOOLEAN
                    && value instanceof Value.Text(var text)
                    && text.matches("(?i)yes|no|on|off|y|n") -> "Write true or false.";
            case Shape.Scalar(var type)
            when type == LogicalType.STRING && !(value instanceof Value.Sequence || value instanceof Value.Fields) ->
                "Put it in quotation marks.";
            case Shape.Duration duration
            when value.asNumber().isPresent() -> "Add the unit, such as " + shown(value) + "s.";
            case Shape.Size size when value.asNumber().isPresent() -> "Add the unit, such as " + shown(value) + "MiB.";
            case Shape.ListOf list
            when !(value instanceof Value.Fields) -> "Put it in brackets: [" + bare(value) + "].";
            default -> "";
        };
    }

    private static String bare(Value value) {
        return value instanceof Value.Text(var text) && text.matches("[\\w.-]+") ? text : shown(value);
    }
}
