package dev.esteira.testing;

import dev.esteira.document.Pointers;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.List;

/** Walks shapes. */
final class ShapeFields {

    private ShapeFields() {}

    /** Every field at any depth. */
    static List<Shape.Field> of(Shape shape) {
        var found = new ArrayList<Shape.Field>();
        collect(shape, found);
        return found;
    }

    private static void collect(Shape shape, List<Shape.Field> found) {
        switch (shape) {
            case Shape.Group(var fields) ->
                fields.forEach(field -> {
                    found.add(field);
                    collect(field.shape(), found);
                });
            case Shape.ListOf(var item) -> collect(item, found);
            case Shape.MapOf(var value) -> collect(value, found);
            case Shape.Tagged(var variants) -> variants.values().forEach(variant -> collect(variant, found));
            case Shape.AnyOf(var shapes) -> shapes.forEach(one -> collect(one, found));
            default -> {}
        }
    }

    /** The pointers of all maps of a value that have known keys. */
    static List<String> groups(Value value, Shape shape) {
        var found = new ArrayList<String>();
        groups(value, shape, "", found);
        return found;
    }

    private static void groups(Value value, Shape shape, String pointer, List<String> found) {
        switch (shape) {
            case Shape.Group(var fields)
            when value instanceof Value.Fields given -> {
                found.add(pointer);
                fields.forEach(field -> given.field(field.name())
                        .ifPresent(
                                child -> groups(child, field.shape(), Pointers.child(pointer, field.name()), found)));
            }
            case Shape.ListOf(var item) -> {
                var items = value.items();
                for (var index = 0; index < items.size(); index++) {
                    groups(items.get(index), item, Pointers.child(pointer, index), found);
                }
            }
            case Shape.MapOf(var inner)
            when value instanceof Value.Fields(var entries) ->
                entries.forEach((name, child) -> groups(child, inner, Pointers.child(pointer, name), found));
            case Shape.Tagged(var variants)
            when value instanceof Value.Fields given ->
                variants.forEach((name, variant) -> given.field(name)
                        .ifPresent(child -> groups(child, variant, Pointers.child(pointer, name), found)));
            default -> {}
        }
    }
}
