package dev.esteira.testing;

import dev.esteira.document.Pointers;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A document with one thing changed. */
final class FieldChanges {

    /** What a person might write by mistake in place of a value. */
    private static final List<Value> MISTAKES = List.of(
            Value.of(""),
            Value.of("no such thing"),
            Value.of(-1L),
            Value.of(0L),
            Value.of(1_000_000_000L),
            Value.of(0.5),
            new Value.Sequence(List.of()),
            Value.Fields.EMPTY);

    private FieldChanges() {}

    /** The document with one field more in the map at a pointer. */
    static Value.Fields with(Value.Fields document, String pointer, String name, Value value) {
        return replace(
                        document,
                        "",
                        pointer,
                        ((Value.Fields) Pointers.find(document, pointer).orElseThrow()).with(name, value))
                .asFields()
                .orElseThrow();
    }

    /** The document with each value inside taken away, and with each replaced by each mistake, one at a time. */
    static List<Value.Fields> all(Value.Fields document) {
        var pointers = new ArrayList<String>();
        collect(document, "", pointers);
        var all = new ArrayList<Value.Fields>();
        for (var pointer : pointers) {
            var parent = Pointers.parent(pointer).orElseThrow();
            if (Pointers.find(document, parent).orElseThrow() instanceof Value.Fields fields) {
                var less = fields.without(Pointers.last(pointer).orElseThrow());
                all.add(replace(document, "", parent, less).asFields().orElseThrow());
            }
            for (var mistake : MISTAKES) {
                all.add(replace(document, "", pointer, mistake).asFields().orElseThrow());
            }
        }
        return all;
    }

    private static void collect(Value value, String pointer, List<String> found) {
        if (!pointer.isEmpty()) {
            found.add(pointer);
        }
        if (value instanceof Value.Fields(var entries)) {
            entries.forEach((name, child) -> collect(child, Pointers.child(pointer, name), found));
        }
        for (var index = 0; index < value.items().size(); index++) {
            collect(value.items().get(index), Pointers.child(pointer, index), found);
        }
    }

    private static Value replace(Value value, String at, String pointer, Value by) {
        if (at.equals(pointer)) {
            return by;
        }
        return switch (value) {
            case Value.Fields(var entries) -> {
                var changed = new LinkedHashMap<String, Value>();
                entries.forEach(
                        (name, child) -> changed.put(name, replace(child, Pointers.child(at, name), pointer, by)));
                yield Value.ofFields(changed);
            }
            case Value.Sequence(var items) -> {
                var changed = new ArrayList<Value>();
                for (var index = 0; index < items.size(); index++) {
                    changed.add(replace(items.get(index), Pointers.child(at, index), pointer, by));
                }
                yield new Value.Sequence(changed);
            }
            default -> value;
        };
    }
}
