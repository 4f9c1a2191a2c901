package dev.esteira.expression;

import dev.cel.common.values.NullValue;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as the expression language has them, and back. */
final class CelValues {

    /** Fields that note when one is looked for in vain. Asking whether one exists is not noted. */
    private static final class NotingMap extends AbstractMap<String, Object> {

        private final Map<String, Object> entries;
        private final String pointer;
        private final Misses misses;

        NotingMap(Map<String, Object> entries, String pointer, Misses misses) {
            this.entries = Collections.unmodifiableMap(entries);
            this.pointer = pointer;
            this.misses = misses;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return entries.containsKey(key);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            var value = entries.get(key);
            if (value == null && key instanceof String name) {
                misses.add(pointer + "/" + name);
            }
            return value;
        }
    }

    private CelValues() {}

    /** The variables; one without a value is an empty map, so that its fields are absent rather than unknown. */
    static Map<String, Object> variables(Map<String, Value> values, ExpressionType.Struct types, Misses misses) {
        var variables = new LinkedHashMap<String, Object>();
        types.fields()
                .forEach((name, type) -> variables.put(
                        name, convert(values.getOrDefault(name, Value.Fields.EMPTY), type, "/" + name, misses)));
        return variables;
    }

    private static Object convert(Value value, ExpressionType type, String pointer, Misses misses) {
        return switch (value) {
            case Value.Text(var text) -> type.equals(ExpressionType.of(LogicalType.TIMESTAMP)) ? instant(text) : text;
            case Value.Whole(var whole) when isNumber(type) -> (double) whole;
            case Value.Whole(var whole) -> whole;
            case Value.Real(var real) -> real;
            case Value.Flag(var flag) -> flag;
            case Value.Nothing nothing -> NullValue.NULL_VALUE;
            case Value.Sequence(var items) -> items(items, type, pointer, misses);
            case Value.Fields(var entries) -> fields(entries, type, pointer, misses);
        };
    }

    private static boolean isNumber(ExpressionType type) {
        return type instanceof ExpressionType.Scalar(var logical)
                && logical.numeric()
                && logical != LogicalType.INTEGER;
    }

    private static Object instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static List<Object> items(List<Value> items, ExpressionType type, String pointer, Misses misses) {
        var item = type instanceof ExpressionType.ListOf(var inner) ? inner : ExpressionType.DYNAMIC;
        var converted = new ArrayList<>();
        for (var index = 0; index < items.size(); index++) {
            converted.add(convert(items.get(index), item, pointer + "/" + index, misses));
        }
        return converted;
    }

    private static Map<String, Object> fields(
            Map<String, Value> entries, ExpressionType type, String pointer, Misses misses) {
        var converted = new LinkedHashMap<String, Object>();
        entries.forEach((name, value) -> {
            if (!(value instanceof Value.Nothing)) {
                converted.put(name, convert(value, inner(type, name), pointer + "/" + name, misses));
            }
        });
        return new NotingMap(converted, pointer, misses);
    }

    private static ExpressionType inner(ExpressionType type, String name) {
        return switch (type) {
            case ExpressionType.MapOf(var value) -> value;
            case ExpressionType.Struct(var fields) -> fields.getOrDefault(name, ExpressionType.DYNAMIC);
            default -> ExpressionType.DYNAMIC;
        };
    }

    /** A result as a value, empty when there is none for it (infinite numbers, types, bytes). */
    static Optional<Value> back(Object result) {
        return switch (result) {
            case Boolean flag -> Optional.of(Value.of(flag));
            case Long whole -> Optional.of(Value.of(whole));
            case Double real when Double.isFinite(real) -> Optional.of(Value.of(real));
            case String text -> Optional.of(Value.of(text));
            case Instant instant -> Optional.of(Value.of(instant.toString()));
            case NullValue nothing -> Optional.of(Value.NOTHING);
            default -> Optional.empty();
        };
    }
}
