package dev.esteira.document;

import dev.esteira.kernel.Value;
import java.util.Optional;

/** JSON pointers (RFC 6901) as texts; the empty one is the whole document. */
public final class Pointers {

    private Pointers() {}

    /** The pointer of these names and indexes, one below the other. */
    public static String of(String... steps) {
        var pointer = "";
        for (var step : steps) {
            pointer = child(pointer, step);
        }
        return pointer;
    }

    /** The pointer of a field below a pointer. */
    public static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer of an item below a pointer, counted from 0. */
    public static String child(String pointer, int index) {
        return pointer + "/" + index;
    }

    /** The pointer one step up, empty for the whole document. */
    public static Optional<String> parent(String pointer) {
        return pointer.isEmpty() ? Optional.empty() : Optional.of(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    /** The last step, empty for the whole document. */
    public static Optional<String> last(String pointer) {
        return pointer.isEmpty()
                ? Optional.empty()
                : Optional.of(pointer.substring(pointer.lastIndexOf('/') + 1)
                        .replace("~1", "/")
                        .replace("~0", "~"));
    }

    /** The value at a pointer, empty when there is none. */
    public static Optional<Value> find(Value value, String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(value);
        }
        return find(value, parent(pointer).orElseThrow())
                .flatMap(parent -> step(parent, last(pointer).orElseThrow()));
    }

    private static Optional<Value> step(Value parent, String name) {
        return switch (parent) {
            case Value.Fields(var entries) -> Optional.ofNullable(entries.get(name));
            case Value.Sequence(var items)
            when name.matches("\\d{1,9}") && Integer.parseInt(name) < items.size() ->
                Optional.of(items.get(Integer.parseInt(name)));
            default -> Optional.empty();
        };
    }
}
