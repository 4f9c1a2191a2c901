package dev.esteira.transform;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What an operation looks like in a file, and how a value of that shape becomes an {@link Operation}. */
final class OperationReader {

    private static final Shape COLUMNS = new Shape.ListOf(new Shape.Scalar(LogicalType.STRING));
    private static final Shape OPERAND =
            new Shape.AnyOf(List.of(new Shape.Scalar(LogicalType.STRING), new Shape.Scalar(LogicalType.NUMBER)));
    private static final Shape CONSTANT = OPERAND;

    /** The shape of one item of {@code ops}. */
    static final Shape.Tagged SHAPE = new Shape.Tagged(Map.of(
            "impute", impute(),
            "clip", clip(),
            "scale", scale(),
            "encode", encode(),
            "cyclical",
                    Shape.Group.of(Shape.Field.required(
                            "columns",
                            new Shape.MapOf(new Shape.NumberIn(Double.MIN_NORMAL, 1e12)),
                            "The period of each column, e.g. 1440 for the minutes of a day.")),
            "derive",
                    Shape.Group.of(Shape.Field.required(
                            "columns", new Shape.MapOf(formula()), "How each new column is made, by its name.")),
            "drop", Shape.Group.of(Shape.Field.required("columns", COLUMNS, "The columns to leave out."))));

    private OperationReader() {}

    /**
     * Reads an operation of the right shape.
     *
     * @throws EsteiraException OPERATION_MALFORMED when its fields contradict each other
     */
    static Operation read(Value value) {
        var tagged = value.asFields().orElse(Value.Fields.EMPTY).entries().firstEntry();
        var fields = tagged.getValue().asFields().orElse(Value.Fields.EMPTY);
        return switch (tagged.getKey()) {
            case "impute" -> readImpute(fields);
            case "clip" -> readClip(fields);
            case "scale" ->
                new Operation.Scale(columns(fields), constant(Operation.Scaling.values(), fields, "with", "standard"));
            case "encode" -> readEncode(fields);
            case "cyclical" -> new Operation.Cyclical(periods(fields.fields("columns")));
            case "derive" -> new Operation.Derive(formulas(fields.fields("columns")));
            case "drop" -> new Operation.Drop(columns(fields));
            default -> throw new IllegalArgumentException("The shape let through '" + tagged.getKey() + "'");
        };
    }

    private static Operation readImpute(Value.Fields fields) {
        var with = constant(Operation.Statistic.values(), fields, "with", "median");
        if ((with == Operation.Statistic.CONSTANT) != fields.field("value").isPresent()) {
            throw malformed(
                    with == Operation.Statistic.CONSTANT
                            ? "'with: constant' has no value."
                            : "A value stands beside 'with: " + word(with) + "'.",
                    "Write {with: constant, value: 0}, or leave the value out.");
        }
        return new Operation.Impute(
                columns(fields),
                with,
                fields.field("value"),
                fields.flag("indicator").orElse(false));
    }

    private static Operation readClip(Value.Fields fields) {
        var with = fields.field("between").isPresent() ? Operation.Bounds.VALUES : Operation.Bounds.QUANTILES;
        var bounds = fields.items(with == Operation.Bounds.VALUES ? "between" : "quantiles").stream()
                .flatMap(bound -> bound.asNumber().stream())
                .toList();
        if (bounds.size() != 2
                || bounds.getFirst() > bounds.getLast()
                || (fields.field("between").isPresent()
                        && fields.field("quantiles").isPresent())) {
            throw malformed(
                    "'clip' takes two bounds, the lower first, either between values or quantiles.",
                    "Write {columns: [fare], between: [0, 500]} or {columns: [fare], quantiles: [0.01, 0.99]}.");
        }
        return new Operation.Clip(columns(fields), with, bounds.getFirst(), bounds.getLast());
    }

    private static Operation readEncode(Value.Fields fields) {
        return fields.text("with").orElse("oneHot").equals("target")
                ? new Operation.Target(
                        columns(fields),
                        fields.number("smoothing").orElse(20.0),
                        Math.toIntExact(fields.whole("folds").orElse(5L)))
                : new Operation.OneHot(columns(fields), fields.whole("minRows").orElse(1L));
    }

    private static SequencedMap<String, Double> periods(Value.Fields columns) {
        var periods = new LinkedHashMap<String, Double>();
        columns.entries()
                .forEach((name, period) -> periods.put(name, period.asNumber().orElseThrow()));
        return periods;
    }

    private static SequencedMap<String, Operation.Formula> formulas(Value.Fields columns) {
        var formulas = new LinkedHashMap<String, Operation.Formula>();
        columns.entries()
                .forEach((name, formula) ->
                        formulas.put(name, readFormula(formula.asFields().orElseThrow())));
        return formulas;
    }

    private static Operation.Formula readFormula(Value.Fields formula) {
        var entry = formula.entries().firstEntry();
        var operator = Arrays.stream(Node.Arithmetic.Operator.values())
                .filter(candidate -> word(candidate).equals(entry.getKey()))
                .findFirst();
        if (operator.isPresent()) {
            var operands = entry.getValue().items();
            if (operands.size() != 2) {
                throw malformed(
                        "'" + entry.getKey() + "' takes two operands, not " + operands.size() + ".",
                        "Write {" + entry.getKey() + ": [column, other]}, and derive further columns for more.");
            }
            return new Operation.Formula.Joined(
                    operator.get(), operand(operands.getFirst()), operand(operands.getLast()));
        }
        var function = Arrays.stream(Node.Function.Name.values())
                .filter(candidate -> word(candidate).equals(entry.getKey()))
                .findFirst();
        return new Operation.Formula.Applied(
                function.orElseThrow(), entry.getValue().asText().orElseThrow());
    }

    private static Operation.Operand operand(Value value) {
        return value.asText()
                .<Operation.Operand>map(Operation.Operand.OfColumn::new)
                .orElseGet(() -> new Operation.Operand.OfNumber(value.asNumber().orElseThrow()));
    }

    private static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(TransformErrorCode.OPERATION_MALFORMED, message, remedy);
    }

    private static List<String> columns(Value.Fields fields) {
        return fields.items("columns").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
    }

    private static <E extends Enum<E>> E constant(E[] constants, Value.Fields fields, String name, String otherwise) {
        var text = fields.text(name).orElse(otherwise);
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** {@code MOST_FREQUENT} is written {@code mostFrequent}. */
    private static String word(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words, 1, words.length)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(OperationReader::word).toList();
    }

    private static Shape impute() {
        return Shape.Group.of(
                Shape.Field.required("columns", COLUMNS, "Columns or patterns with *."),
                Shape.Field.optional(
                        "with",
                        new Shape.Choice(words(Operation.Statistic.values())),
                        "What stands for a missing value; the median unless said otherwise."),
                Shape.Field.optional("value", CONSTANT, "The value of 'with: constant'."),
                Shape.Field.optional(
                        "indicator",
                        new Shape.Scalar(LogicalType.BOOLEAN),
                        "Whether a column NAME_missing of 1 and 0 is added."));
    }

    private static Shape clip() {
        return Shape.Group.of(
                Shape.Field.required("columns", COLUMNS, "Columns or patterns with *."),
                Shape.Field.optional(
                        "between",
                        new Shape.ListOf(new Shape.Scalar(LogicalType.NUMBER)),
                        "The least and the greatest number."),
                Shape.Field.optional(
                        "quantiles",
                        new Shape.ListOf(new Shape.NumberIn(0, 1)),
                        "The same as quantiles of the training rows, e.g. [0.01, 0.99]; one of the two is needed."));
    }

    private static Shape scale() {
        return Shape.Group.of(
                Shape.Field.required("columns", COLUMNS, "Columns or patterns with *."),
                Shape.Field.optional(
                        "with",
                        new Shape.Choice(words(Operation.Scaling.values())),
                        "How numbers are shifted and stretched; standard unless said otherwise."));
    }

    private static Shape encode() {
        return Shape.Group.of(
                Shape.Field.required("columns", COLUMNS, "Columns of texts."),
                Shape.Field.required(
                        "with", new Shape.Choice(List.of("oneHot", "target")), "How categories become numbers."),
                Shape.Field.optional(
                        "unknown",
                        new Shape.Choice(List.of("ignore")),
                        "What a category that the training rows lack becomes: all zeros."),
                Shape.Field.optional(
                        "minRows",
                        new Shape.WholeIn(1, Integer.MAX_VALUE),
                        "The training rows that a category needs for a one-hot column of its own."),
                Shape.Field.optional(
                        "smoothing",
                        new Shape.NumberIn(0, 1e9),
                        "How many rows the mean over all rows weighs in a target encoding; 20 unless said otherwise."),
                Shape.Field.optional(
                        "folds",
                        new Shape.WholeIn(2, 100),
                        "Into how many parts the training rows are cross-fitted; 5 unless said otherwise."));
    }

    private static Shape formula() {
        var variants = new LinkedHashMap<String, Shape>();
        for (var operator : Node.Arithmetic.Operator.values()) {
            variants.put(word(operator), new Shape.ListOf(OPERAND));
        }
        for (var function : Node.Function.Name.values()) {
            variants.put(word(function), new Shape.Scalar(LogicalType.STRING));
        }
        return new Shape.Tagged(variants);
    }
}
