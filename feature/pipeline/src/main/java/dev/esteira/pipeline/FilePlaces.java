package dev.esteira.pipeline;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Finds where the fields of a step name files. A step's key holds the contents of files, never their paths. */
final class FilePlaces {

    /** What stands in the key where a path stood. */
    static final Value MARK = Value.ofFields(new TreeMap<>(java.util.Map.of("file", Value.of(true))));

    private final SequencedMap<String, String> paths = new LinkedHashMap<>();
    private final Value.Fields marked;

    private FilePlaces(Shape.Group shape, Value.Fields fields) {
        marked = group(shape, fields, "");
    }

    static FilePlaces of(Shape.Group shape, Value.Fields fields) {
        return new FilePlaces(shape, fields);
    }

    /** The paths by the JSON pointer of their place. */
    SequencedMap<String, String> paths() {
        return paths;
    }

    /** The fields with every path replaced by {@link #MARK}. */
    Value.Fields marked() {
        return marked;
    }

    private Value walk(Shape shape, Value value, String pointer) {
        return switch (shape) {
            case Shape.FilePath file
            when value instanceof Value.Text(var path) -> {
                paths.put(pointer, path);
                yield MARK;
            }
            case Shape.ListOf(var item) when value instanceof Value.Sequence(var items) -> list(item, items, pointer);
            case Shape.MapOf(var item) when value instanceof Value.Fields fields -> map(item, fields, pointer);
            case Shape.Group group when value instanceof Value.Fields fields -> group(group, fields, pointer);
            case Shape.Tagged(var variants)
            when value instanceof Value.Fields fields -> {
                var changed = new LinkedHashMap<String, Value>();
                fields.entries().forEach((tag, inner) -> {
                    var variant = variants.get(tag);
                    changed.put(tag, variant == null ? inner : walk(variant, inner, pointer + "/" + escape(tag)));
                });
                yield Value.ofFields(changed);
            }
            case Shape.AnyOf(var shapes) -> anyOf(shapes, value, pointer);
            default -> value;
        };
    }

    private Value anyOf(List<Shape> shapes, Value value, String pointer) {
        for (var shape : shapes) {
            var changed = walk(shape, value, pointer);
            if (!changed.equals(value)) {
                return changed;
            }
        }
        return value;
    }

    private Value list(Shape item, List<Value> items, String pointer) {
        var changed = new ArrayList<Value>();
        for (var index = 0; index < items.size(); index++) {
            changed.add(walk(item, items.get(index), pointer + "/" + index));
        }
        return new Value.Sequence(changed);
    }

    private Value map(Shape item, Value.Fields fields, String pointer) {
        var changed = new LinkedHashMap<String, Value>();
        fields.entries().forEach((name, value) -> changed.put(name, walk(item, value, pointer + "/" + escape(name))));
        return Value.ofFields(changed);
    }

    private Value.Fields group(Shape.Group shape, Value.Fields fields, String pointer) {
        var changed = new LinkedHashMap<>(fields.entries());
        for (var field : shape.fields()) {
            changed.computeIfPresent(
                    field.name(), (name, value) -> walk(field.shape(), value, pointer + "/" + escape(name)));
        }
        return Value.ofFields(changed);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
