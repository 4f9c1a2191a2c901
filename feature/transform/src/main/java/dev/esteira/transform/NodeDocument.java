package dev.esteira.transform;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes and reads trees as documents: {@code {"op": "add", "left": …, "right": …}}. */
final class NodeDocument {

    @Limit(value = "Depth of an expression tree of a transform.", unit = "levels")
    static final int DEEPEST = 200;

    private NodeDocument() {}

    static Value.Fields write(Node node) {
        return switch (node) {
            case Node.Column(var name, var kind) ->
                op("column").with("name", Value.of(name)).with("kind", Value.of(lower(kind)));
            case Node.Constant(var value) -> op("number").with("value", Value.of(value));
            case Node.Text(var value) -> op("text").with("value", Value.of(value));
            case Node.Arithmetic(var operator, var left, var right) ->
                op(lower(operator)).with("left", write(left)).with("right", write(right));
            case Node.Function(var name, var argument) -> op(lower(name)).with("of", write(argument));
            case Node.Missing(var argument) -> op("missing").with("of", write(argument));
            case Node.Coalesce(var first, var second) ->
                op("coalesce").with("first", write(first)).with("second", write(second));
            case Node.Equals(var argument, var value) ->
                op("equals").with("of", write(argument)).with("value", Value.of(value));
            case Node.Clip(var argument, var low, var high) ->
                op("clip")
                        .with("of", write(argument))
                        .with("low", Value.of(low))
                        .with("high", Value.of(high));
            case Node.Lookup(var argument, var table, var whenMissing, var otherwise) ->
                op("lookup")
                        .with("of", write(argument))
                        .with("table", Value.of(table))
                        .with("whenMissing", Value.of(whenMissing))
                        .with("otherwise", Value.of(otherwise));
        };
    }

    /**
     * Reads a tree.
     *
     * @throws EsteiraException TRANSFORM_DAMAGED
     */
    static Node read(Value.Fields fields) {
        return read(fields, 0);
    }

    private static Node read(Value.Fields fields, int depth) {
        if (depth > DEEPEST) {
            throw damaged("a tree is deeper than " + DEEPEST + " nodes");
        }
        var op = text(fields, "op");
        return switch (op) {
            case "column" -> new Node.Column(text(fields, "name"), constant(Node.Kind.values(), text(fields, "kind")));
            case "number" -> new Node.Constant(number(fields, "value"));
            case "text" -> new Node.Text(text(fields, "value"));
            case "missing" -> new Node.Missing(child(fields, "of", depth));
            case "coalesce" -> new Node.Coalesce(child(fields, "first", depth), child(fields, "second", depth));
            case "equals" -> new Node.Equals(child(fields, "of", depth), text(fields, "value"));
            case "clip" -> new Node.Clip(child(fields, "of", depth), number(fields, "low"), number(fields, "high"));
            case "lookup" ->
                new Node.Lookup(
                        child(fields, "of", depth),
                        text(fields, "table"),
                        number(fields, "whenMissing"),
                        number(fields, "otherwise"));
            default -> operation(op, fields, depth);
        };
    }

    private static Node operation(String op, Value.Fields fields, int depth) {
        Optional<Node> function =
                named(Node.Function.Name.values(), op).map(name -> new Node.Function(name, child(fields, "of", depth)));
        return function.orElseGet(() -> new Node.Arithmetic(
                constant(Node.Arithmetic.Operator.values(), op),
                child(fields, "left", depth),
                child(fields, "right", depth)));
    }

    private static Node child(Value.Fields fields, String name, int depth) {
        return read(fields.fields(name), depth + 1);
    }

    private static Value.Fields op(String name) {
        return Value.ofFields(Map.of("op", Value.of(name)));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Optional<E> named(E[] constants, String name) {
        return Arrays.stream(constants)
                .filter(constant -> lower(constant).equals(name))
                .findFirst();
    }

    private static <E extends Enum<E>> E constant(E[] constants, String name) {
        return named(constants, name).orElseThrow(() -> damaged("there is no node '" + name + "'"));
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow(() -> damaged("a node lacks the text '" + name + "'"));
    }

    private static double number(Value.Fields fields, String name) {
        return fields.number(name).orElseThrow(() -> damaged("a node lacks the number '" + name + "'"));
    }

    static EsteiraException damaged(String why) {
        return new EsteiraException(
                TransformErrorCode.TRANSFORM_DAMAGED,
                "The transform cannot be read: " + why + ".",
                "Fit it again, or read it with the version of Esteira that wrote it.");
    }
}
