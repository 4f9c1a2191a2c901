package dev.esteira.expression;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a name before an expression is evaluated. */
public sealed interface ExpressionType {

    /** Nothing is known: names below it are looked up when the expression is evaluated. */
    ExpressionType DYNAMIC = new Dynamic();

    /** Nothing is known. */
    record Dynamic() implements ExpressionType {}

    /** A value of a logical type. Dates are compared as texts, decimals as numbers, timestamps as instants. */
    record Scalar(LogicalType type) implements ExpressionType {}

    /** A map from free names. */
    record MapOf(ExpressionType value) implements ExpressionType {}

    /** A list. */
    record ListOf(ExpressionType item) implements ExpressionType {}

    /** Known names. */
    record Struct(Map<String, ExpressionType> fields) implements ExpressionType {
        public Struct {
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        }
    }

    /** A value of a logical type. */
    static ExpressionType of(LogicalType type) {
        return new Scalar(type);
    }

    /** The type that a value shows: of fields a struct, of a list nothing about its items. */
    static ExpressionType of(Value value) {
        return switch (value) {
            case Value.Text text -> of(LogicalType.STRING);
            case Value.Whole whole -> of(LogicalType.INTEGER);
            case Value.Real real -> of(LogicalType.NUMBER);
            case Value.Flag flag -> of(LogicalType.BOOLEAN);
            case Value.Nothing nothing -> DYNAMIC;
            case Value.Sequence sequence -> new ListOf(DYNAMIC);
            case Value.Fields(var entries) -> {
                var fields = new TreeMap<String, ExpressionType>();
                entries.forEach((name, field) -> fields.put(name, of(field)));
                yield new Struct(fields);
            }
        };
    }
}
