package dev.esteira.transform;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates trees over rows in the JVM, a column at a time. Equal trees that are the same object are evaluated once.
 * Not thread-safe; as many evaluators as wanted may share rows and tables.
 */
public final class Evaluator {

    private final Rows rows;
    private final Map<String, ? extends Map<String, Double>> tables;
    private final IdentityHashMap<Node, double[]> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Node, @Nullable String[]> texts = new IdentityHashMap<>();

    /** @param tables the fitted tables that {@link Node.Lookup}s name */
    public Evaluator(Rows rows, Map<String, ? extends Map<String, Double>> tables) {
        this.rows = rows;
        this.tables = tables;
    }

    /** Says the numbers of a node beforehand, instead of computing them. */
    void know(Node node, double[] values) {
        numbers.put(node, values);
    }

    /** The number of a node in every row, NaN where it is missing. The array is kept: do not change it. */
    public double[] numbers(Node node) {
        var known = numbers.get(node);
        if (known == null) {
            known = compute(node);
            numbers.put(node, known);
        }
        return known;
    }

    /** The text of a node in every row, null where it is missing. The array is kept: do not change it. */
    public @Nullable String[] texts(Node node) {
        var known = texts.get(node);
        if (known == null) {
            known = computeTexts(node);
            texts.put(node, known);
        }
        return known;
    }

    private double[] compute(Node node) {
        return switch (node) {
            case Node.Column(var name, var kind) -> rows.numbers(name);
            case Node.Constant(var value) -> filled(value);
            case Node.Text text -> throw new IllegalArgumentException("A text is no number: " + text.value());
            case Node.Arithmetic(var operator, var left, var right) -> joined(left, right, join(operator));
            case Node.Function(var name, var argument) -> mapped(argument, function(name));
            case Node.Missing(var argument) -> missing(argument);
            case Node.Coalesce(var first, var second) ->
                joined(first, second, (one, other) -> Double.isNaN(one) ? other : one);
            case Node.Equals(var argument, var value) -> equal(argument, value);
            case Node.Clip(var argument, var low, var high) ->
                mapped(argument, number -> number < low ? low : number > high ? high : number);
            case Node.Lookup lookup -> lookedUp(lookup);
        };
    }

    private @Nullable String[] computeTexts(Node node) {
        return switch (node) {
            case Node.Column(var name, var kind) -> rows.texts(name);
            case Node.Text(var value) -> filledTexts(value);
            case Node.Coalesce(var first, var second) -> coalesced(texts(first), texts(second));
            default -> throw new IllegalArgumentException("A number is no text: " + node);
        };
    }

    private double[] filled(double value) {
        var result = new double[rows.size()];
        Arrays.fill(result, value);
        return result;
    }

    private @Nullable String[] filledTexts(String value) {
        var result = new @Nullable String[rows.size()];
        Arrays.fill(result, value);
        return result;
    }

    private double[] mapped(Node argument, DoubleUnaryOperator operator) {
        var from = numbers(argument);
        var result = new double[from.length];
        for (var row = 0; row < from.length; row++) {
            result[row] = operator.applyAsDouble(from[row]);
        }
        return result;
    }

    private double[] joined(Node left, Node right, DoubleBinaryOperator operator) {
        var one = numbers(left);
        var other = numbers(right);
        var result = new double[one.length];
        for (var row = 0; row < one.length; row++) {
            result[row] = operator.applyAsDouble(one[row], other[row]);
        }
        return result;
    }

    private double[] missing(Node argument) {
        var result = new double[rows.size()];
        if (argument.kind() == Node.Kind.TEXT) {
            var from = texts(argument);
            for (var row = 0; row < result.length; row++) {
                result[row] = from[row] == null ? 1 : 0;
            }
            return result;
        }
        return mapped(argument, number -> Double.isNaN(number) ? 1 : 0);
    }

    private double[] equal(Node argument, String value) {
        var from = texts(argument);
        var result = new double[from.length];
        for (var row = 0; row < from.length; row++) {
            result[row] = value.equals(from[row]) ? 1 : 0;
        }
        return result;
    }

    private double[] lookedUp(Node.Lookup lookup) {
        var table = new HashMap<>(Objects.requireNonNull(tables.get(lookup.table()), lookup.table()));
        var from = texts(lookup.argument());
        var result = new double[from.length];
        for (var row = 0; row < from.length; row++) {
            var text = from[row];
            result[row] = text == null ? lookup.whenMissing() : table.getOrDefault(text, lookup.otherwise());
        }
        return result;
    }

    private static @Nullable String[] coalesced(@Nullable String[] first, @Nullable String[] second) {
        var result = first.clone();
        for (var row = 0; row < result.length; row++) {
            result[row] = result[row] == null ? second[row] : result[row];
        }
        return result;
    }

    private static DoubleBinaryOperator join(Node.Arithmetic.Operator operator) {
        return switch (operator) {
            case ADD -> Double::sum;
            case SUBTRACT -> (left, right) -> left - right;
            case MULTIPLY -> (left, right) -> left * right;
            case DIVIDE -> (left, right) -> right == 0 ? Double.NaN : left / right;
        };
    }

    private static DoubleUnaryOperator function(Node.Function.Name name) {
        return switch (name) {
            case ABS -> Math::abs;
            case SQRT -> Math::sqrt;
            case LN -> number -> number > 0 ? StrictMath.log(number) : Double.NaN;
            case EXP -> StrictMath::exp;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
        };
    }
}
