package dev.esteira.document;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Quantity;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks a single value against a shape that is neither list nor map. */
final class ScalarCheck {

    private ScalarCheck() {}

    static Optional<Problem> check(Value value, Shape shape, String pointer) {
        if (!ShapeWords.kindFits(value, shape)) {
            return Optional.of(ShapeCheck.wrongType(value, shape, pointer));
        }
        return switch (shape) {
            case Shape.Scalar(var type) when value instanceof Value.Text(var text) -> text(text, type, shape, pointer);
            case Shape.WholeIn(var min, var max) ->
                value.asWhole()
                        .filter(whole -> whole < min || whole > max)
                        .map(whole -> outside(value, shape, pointer));
            case Shape.NumberIn(var min, var max) ->
                value.asNumber().filter(it -> it < min || it > max).map(it -> outside(value, shape, pointer));
            case Shape.Choice(var words)
            when value instanceof Value.Text(var text) && !words.contains(text) ->
                Optional.of(Problem.ofValue(
                        pointer,
                        DocumentErrorCode.UNKNOWN_WORD,
                        "The word " + ShapeWords.shown(value) + " is not known here.",
                        Suggestion.of(text, words, "Write " + ShapeWords.describe(shape) + ".")));
            case Shape.Duration duration
            when value instanceof Value.Text(var text) -> quantity(text, Quantity::duration, pointer);
            case Shape.Size size when value instanceof Value.Text(var text) -> quantity(text, Quantity::bytes, pointer);
            case Shape.FilePath path when value instanceof Value.Text(var text) -> FilePaths.problem(text, pointer);
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> text(String text, LogicalType type, Shape shape, String pointer) {
        return reads(text, type) ? Optional.empty() : Optional.of(ShapeCheck.wrongType(Value.of(text), shape, pointer));
    }

    private static boolean reads(String text, LogicalType type) {
        try {
            Object value = switch (type) {
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> OffsetDateTime.parse(text);
                case DECIMAL -> new BigDecimal(text);
                case STRING, INTEGER, NUMBER, BOOLEAN -> text;
            };
            return value != null;
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        }
    }

    private static Problem outside(Value value, Shape shape, String pointer) {
        return Problem.ofValue(
                pointer,
                DocumentErrorCode.OUT_OF_RANGE,
                "The number " + ShapeWords.shown(value) + " is out of range.",
                "Write " + ShapeWords.describe(shape) + ".");
    }

    private static Optional<Problem> quantity(String text, Consumer<String> reader, String pointer) {
        try {
            reader.accept(text);
            return Optional.empty();
        } catch (EsteiraException e) {
            return Optional.of(Problem.ofValue(
                    pointer, e.code(), e.explanation(), e.remedy().orElse("")));
        }
    }
}
