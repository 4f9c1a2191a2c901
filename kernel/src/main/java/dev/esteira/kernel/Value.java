package dev.esteira.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A JSON-like tree: what people write in files and what documents are made of. Immutable and thread-safe; two trees are
 * equal when they have the same content, the order of fields aside. Its canonical text is {@link CanonicalJson}.
 */
public sealed interface Value {

    /** The absent value, JSON's {@code null}. */
    Value NOTHING = new Nothing();

    /** A string. */
    record Text(String value) implements Value {
        public Text {
            Objects.requireNonNull(value);
        }
    }

    /** A number without a fraction. */
    record Whole(long value) implements Value {}

    /** A finite number; a whole one is equal to no {@link Whole}, but has the same canonical text. */
    record Real(double value) implements Value {
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON has no number for " + value);
            }
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Value {}

    /** JSON's {@code null}. */
    record Nothing() implements Value {}

    /** A list. */
    record Sequence(List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map from field names to values that keeps the order in which it was written. */
    record Fields(SequencedMap<String, Value> entries) implements Value {

        /** No fields. */
        public static final Fields EMPTY = new Fields(new LinkedHashMap<>());

        public Fields {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /** The value of a field, empty when the field is missing or null. */
        public Optional<Value> field(String name) {
            return Optional.ofNullable(entries.get(name)).filter(value -> !(value instanceof Nothing));
        }

        /** The text of a field, empty when it is missing or not a text. */
        public Optional<String> text(String name) {
            return field(name).flatMap(Value::asText);
        }

        /** The whole number of a field, empty when it is missing or not a whole number. */
        public Optional<Long> whole(String name) {
            return field(name).flatMap(Value::asWhole);
        }

        /** The number of a field, empty when it is missing or not a number. */
        public Optional<Double> number(String name) {
            return field(name).flatMap(Value::asNumber);
        }

        /** The flag of a field, empty when it is missing or not a flag. */
        public Optional<Boolean> flag(String name) {
            return field(name).flatMap(Value::asFlag);
        }

        /** The fields of a field, empty when it is missing or has none. */
        public Fields fields(String name) {
            return field(name).flatMap(Value::asFields).orElse(EMPTY);
        }

        /** The items of a field, empty when it is missing or no list. */
        public List<Value> items(String name) {
            return field(name).map(Value::items).orElse(List.of());
        }

        /** These fields with one more, or with another value for it. */
        public Fields with(String name, Value value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(name, value);
            return new Fields(changed);
        }

        /** These fields but for the named one. */
        public Fields without(String name) {
            var changed = new LinkedHashMap<>(entries);
            changed.remove(name);
            return new Fields(changed);
        }
    }

    /** A text. */
    static Value of(String value) {
        return new Text(value);
    }

    /** A whole number. */
    static Value of(long value) {
        return new Whole(value);
    }

    /** A finite number. */
    static Value of(double value) {
        return new Real(value);
    }

    /** A flag. */
    static Value of(boolean value) {
        return new Flag(value);
    }

    /** A list of texts. */
    static Value ofTexts(List<String> values) {
        return new Sequence(values.stream().map(Value::of).toList());
    }

    /** Fields in the order of the map. */
    static Fields ofFields(Map<String, ? extends Value> entries) {
        return new Fields(new LinkedHashMap<>(entries));
    }

    /** This text, empty for any other kind of value. */
    default Optional<String> asText() {
        return this instanceof Text(var text) ? Optional.of(text) : Optional.empty();
    }

    /** This whole number; a {@link Real} without a fraction counts as one. */
    default Optional<Long> asWhole() {
        return switch (this) {
            case Whole(var whole) -> Optional.of(whole);
            case Real(var real) when real == Math.rint(real) && Math.abs(real) <= 0x1p53 -> Optional.of((long) real);
            default -> Optional.empty();
        };
    }

    /** This number, whole or not. */
    default Optional<Double> asNumber() {
        return switch (this) {
            case Whole(var whole) -> Optional.of((double) whole);
            case Real(var real) -> Optional.of(real);
            default -> Optional.empty();
        };
    }

    /** This flag, empty for any other kind of value. */
    default Optional<Boolean> asFlag() {
        return this instanceof Flag(var flag) ? Optional.of(flag) : Optional.empty();
    }

    /** These fields, empty for any other kind of value. */
    default Optional<Fields> asFields() {
        return this instanceof Fields fields ? Optional.of(fields) : Optional.empty();
    }

    /** The items of a list, none for any other kind of value. */
    default List<Value> items() {
        return this instanceof Sequence(var items) ? items : List.of();
    }

    /** What a person would call this kind of value in an error message. */
    default String kindName() {
        return switch (this) {
            case Text text -> "a text";
            case Whole whole -> "an integer";
            case Real real -> "a number";
            case Flag flag -> "true or false";
            case Nothing nothing -> "nothing";
            case Sequence sequence -> "a list";
            case Fields fields -> "a map";
        };
    }
}
