package dev.esteira.architecture;

import dev.esteira.spi.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shapes of files as tables for the references. */
final class Shapes {

    private Shapes() {}

    /** A line for each field, with those inside it below. */
    static String table(Shape.Group group) {
        var rows = new ArrayList<List<String>>();
        fields("", group, rows);
        return Reference.table(List.of("Field", "", "Value", "What"), rows);
    }

    private static void fields(String above, Shape.Group group, List<List<String>> rows) {
        for (var field : group.fields()) {
            var name = above + field.name();
            rows.add(List.of(
                    "`" + name + "`",
                    field.required() ? "required" : "optional",
                    value(field.shape()),
                    field.documentation()));
            inside(name, field.shape(), rows);
        }
    }

    private static void inside(String name, Shape shape, List<List<String>> rows) {
        switch (shape) {
            case Shape.Group group -> fields(name + ".", group, rows);
            case Shape.ListOf(Shape.Group group) -> fields(name + "[].", group, rows);
            case Shape.MapOf(Shape.Group group) -> fields(name + ".NAME.", group, rows);
            case Shape.Tagged(var variants) ->
                new TreeMap<>(variants).forEach((tag, variant) -> inside(name + "." + tag, variant, rows));
            default -> {}
        }
    }

    private static String value(Shape shape) {
        return switch (shape) {
            case Shape.Scalar(var type) -> type.name().toLowerCase(Locale.ROOT);
            case Shape.WholeIn(var min, var max) ->
                "whole number" + bounds((double) min, (double) max, (double) Long.MAX_VALUE);
            case Shape.NumberIn(var min, var max) ->
                min == Double.MIN_NORMAL
                        ? "number above 0, at most " + number(max)
                        : "number" + bounds(min, max, Double.MAX_VALUE);
            case Shape.Choice(var words) ->
                words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
            case Shape.Duration() -> "duration";
            case Shape.Size() -> "size";
            case Shape.FilePath() -> "path of a file";
            case Shape.Condition() -> "expression";
            case Shape.Anything() -> "any value";
            case Shape.ListOf(var item) -> "list of " + value(item);
            case Shape.MapOf(var item) -> "map to " + value(item);
            case Shape.Group(var fields) ->
                "fields "
                        + fields.stream().map(field -> "`" + field.name() + "`").collect(Collectors.joining(", "));
            case Shape.Tagged(var variants) ->
                "one of "
                        + variants.keySet().stream()
                                .sorted()
                                .map(name -> "`" + name + "`")
                                .collect(Collectors.joining(", "));
            case Shape.AnyOf(var shapes) -> shapes.stream().map(Shapes::value).collect(Collectors.joining(" or "));
        };
    }

    private static String bounds(double min, double max, double endless) {
        if (min <= -endless) {
            return max >= endless ? "" : " of at most " + number(max);
        }
        return max >= endless ? " of at least " + number(min) : " from " + number(min) + " to " + number(max);
    }

    private static String number(double number) {
        return Math.abs(number) < 1e10
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number).replace(".0E", "e");
    }
}
