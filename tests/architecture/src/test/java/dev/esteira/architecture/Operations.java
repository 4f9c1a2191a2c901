package dev.esteira.architecture;

import dev.esteira.spi.Shape;
import dev.esteira.transform.OperationCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every operation of a transform, with its fields. */
final class Operations {

    private static final String INTRODUCTION = "What a `transform` step can list under `ops`. An operation is fitted on"
            + " the training rows and applied to every input; lists of columns may hold patterns with `*`.";

    private Operations() {}

    static Reference reference() {
        return new Reference("operations", Operations::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Operations of transforms\n\n" + INTRODUCTION + "\n");
        for (var entry : OperationCatalogue.entries()) {
            text.append("\n## ").append(entry.name()).append("\n\n");
            text.append(entry.documentation()).append('\n');
            if (entry.shape() instanceof Shape.Group(var fields) && !fields.isEmpty()) {
                var rows = fields.stream().map(Operations::row).toList();
                text.append('\n').append(Reference.table(List.of("Field", "", "Value", "What"), rows));
            }
        }
        return text.toString();
    }

    private static List<String> row(Shape.Field field) {
        return List.of(
                "`" + field.name() + "`",
                field.required() ? "required" : "optional",
                value(field.shape()),
                field.documentation());
    }

    private static String value(Shape shape) {
        return switch (shape) {
            case Shape.Scalar(var type) -> type.name().toLowerCase(Locale.ROOT);
            case Shape.WholeIn(var min, var max) -> "whole number from " + min + " to " + max;
            case Shape.NumberIn(var min, var max) ->
                min == Double.MIN_NORMAL ? "number above 0, at most " + max : "number from " + min + " to " + max;
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
            case Shape.AnyOf(var shapes) ->
                shapes.stream().map(Operations::value).collect(Collectors.joining(" or "));
        };
    }
}
