package dev.esteira.tracking;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Builds an answer of MLflow's protocol, in which what is empty is absent. Not thread-safe. */
public final class MlflowFields {

    private final LinkedHashMap<String, Value> fields = new LinkedHashMap<>();

    /** A text; an empty one is absent. */
    public MlflowFields text(String name, String text) {
        if (!text.isEmpty()) {
            fields.put(name, Value.of(text));
        }
        return this;
    }

    /** A text that is there even when it is empty. */
    public MlflowFields anyText(String name, String text) {
        fields.put(name, Value.of(text));
        return this;
    }

    /** A text where there is one. */
    public MlflowFields text(String name, Optional<String> text) {
        text.ifPresent(value -> anyText(name, value));
        return this;
    }

    /** A whole number. */
    public MlflowFields whole(String name, long number) {
        fields.put(name, Value.of(number));
        return this;
    }

    /** A flag. */
    public MlflowFields flag(String name, boolean flag) {
        fields.put(name, Value.of(flag));
        return this;
    }

    /** A number; NaN is the text {@code NaN}. */
    public MlflowFields number(String name, double number) {
        fields.put(name, Double.isNaN(number) ? Value.of("NaN") : Value.of(number));
        return this;
    }

    /** Fields inside. */
    public MlflowFields fields(String name, Value.Fields inner) {
        fields.put(name, inner);
        return this;
    }

    /** A list; an empty one is absent. */
    public <T> MlflowFields list(String name, List<T> items, Function<? super T, ? extends Value> form) {
        if (!items.isEmpty()) {
            fields.put(name, new Value.Sequence(items.stream().<Value>map(form).toList()));
        }
        return this;
    }

    /** The answer. */
    public Value.Fields build() {
        return Value.ofFields(fields);
    }
}
