package dev.esteira.document;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Checks values against shapes. Finds every unknown field, missing field and wrong value in the order of the text; what
 * a shape cannot say is left to its owner. An absent value ({@code null}) counts as a field left out. Thread-safe.
 */
public final class ShapeCheck {

    private ShapeCheck() {}

    /** The problems of a value, with pointers from its root; none when it fits. */
    public static List<Problem> problems(Value value, Shape shape) {
        var problems = new ArrayList<Problem>();
        check(value, shape, "", problems);
        return List.copyOf(problems);
    }

    /** The paths at all {@link Shape.FilePath} places, by pointer; of places that do not fit their shape none. */
    public static SortedMap<String, String> files(Value value, Shape shape) {
        var files = new TreeMap<String, String>();
        collect(value, shape, "", (one, text) -> one instanceof Shape.FilePath && FilePaths.portable(text), files);
        return files;
    }

    /** The texts at all {@link Shape.Condition} places, by pointer. */
    public static SortedMap<String, String> conditions(Value value, Shape shape) {
        var conditions = new TreeMap<String, String>();
        collect(value, shape, "", (one, text) -> one instanceof Shape.Condition, conditions);
        return conditions;
    }

    /** Words for the shape in a sentence, e.g. {@code an integer between 1 and 10}. */
    public static String describe(Shape shape) {
        return ShapeWords.describe(shape);
    }

    /** The unknown field of a map, as a problem that names the nearest known one. */
    public static Problem unknownField(String pointer, String name, Collection<String> known, String where) {
        return Problem.ofKey(
                Pointers.child(pointer, name),
                DocumentErrorCode.UNKNOWN_FIELD,
                "There is no field '" + name + "' " + where + ".",
                Suggestion.of(name, known, "Remove it."));
    }

    private static void check(Value value, Shape shape, String pointer, List<Problem> problems) {
        switch (shape) {
            case Shape.ListOf(var item)
            when value instanceof Value.Sequence(var items) -> {
                for (var index = 0; index < items.size(); index++) {
                    check(items.get(index), item, Pointers.child(pointer, index), problems);
                }
            }
            case Shape.MapOf(var inner)
            when value instanceof Value.Fields(var entries) ->
                entries.forEach((name, child) -> check(child, inner, Pointers.child(pointer, name), problems));
            case Shape.Group group
            when value instanceof Value.Fields fields -> checkGroup(fields, group, pointer, problems);
            case Shape.Tagged tagged
            when value instanceof Value.Fields fields -> checkTagged(fields, tagged, pointer, problems);
            case Shape.AnyOf(var shapes) ->
                shapes.stream()
                        .filter(one -> ShapeWords.kindFits(value, one))
                        .findFirst()
                        .ifPresentOrElse(
                                one -> check(value, one, pointer, problems),
                                () -> problems.add(wrongType(value, shape, pointer)));
            case Shape.Anything anything -> {}
            default -> ScalarCheck.check(value, shape, pointer).ifPresent(problems::add);
        }
    }

    private static void checkGroup(Value.Fields fields, Shape.Group group, String pointer, List<Problem> problems) {
        var known = group.fields().stream().map(Shape.Field::name).toList();
        for (var entry : fields.entries().entrySet()) {
            var name = entry.getKey();
            group.fields().stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            field -> checkField(entry.getValue(), field, Pointers.child(pointer, name), problems),
                            () -> problems.add(unknownField(pointer, name, known, "here")));
        }
        for (var field : group.fields()) {
            if (field.required() && fields.field(field.name()).isEmpty()) {
                problems.add(Problem.ofValue(
                        pointer,
                        DocumentErrorCode.MISSING_FIELD,
                        "The field '" + field.name() + "' is missing.",
                        "Add it: " + describe(field.shape()) + "."));
            }
        }
    }

    private static void checkField(Value value, Shape.Field field, String pointer, List<Problem> problems) {
        if (!(value instanceof Value.Nothing)) {
            check(value, field.shape(), pointer, problems);
        }
    }

    private static void checkTagged(Value.Fields fields, Shape.Tagged tagged, String pointer, List<Problem> problems) {
        var names = tagged.variants().keySet().stream().sorted().toList();
        if (fields.entries().size() != 1) {
            problems.add(Problem.ofValue(
                    pointer,
                    DocumentErrorCode.WRONG_TYPE,
                    "There must be exactly one field here, not "
                            + fields.entries().size() + ".",
                    "Write one of " + String.join(", ", names) + "."));
            return;
        }
        var name = fields.entries().firstEntry().getKey();
        var variant = tagged.variants().get(name);
        if (variant == null) {
            problems.add(unknownField(pointer, name, names, "here"));
        } else {
            check(fields.entries().firstEntry().getValue(), variant, Pointers.child(pointer, name), problems);
        }
    }

    static Problem wrongType(Value value, Shape shape, String pointer) {
        return Problem.ofValue(
                pointer,
                DocumentErrorCode.WRONG_TYPE,
                "Here stands " + ShapeWords.shown(value) + ", not " + describe(shape) + ".",
                ShapeWords.remedy(value, shape));
    }

    private static void collect(
            Value value,
            Shape shape,
            String pointer,
            BiPredicate<Shape, String> wanted,
            SortedMap<String, String> found) {
        switch (shape) {
            case Shape.ListOf(var item) -> {
                var items = value.items();
                for (var index = 0; index < items.size(); index++) {
                    collect(items.get(index), item, Pointers.child(pointer, index), wanted, found);
                }
            }
            case Shape.MapOf(var inner)
            when value instanceof Value.Fields(var entries) ->
                entries.forEach((name, child) -> collect(child, inner, Pointers.child(pointer, name), wanted, found));
            case Shape.Group(var fields)
            when value instanceof Value.Fields given ->
                fields.forEach(field -> given.field(field.name())
                        .ifPresent(child ->
                                collect(child, field.shape(), Pointers.child(pointer, field.name()), wanted, found)));
            case Shape.Tagged(var variants)
            when value instanceof Value.Fields given ->
                variants.forEach((name, variant) -> given.field(name)
                        .ifPresent(child -> collect(child, variant, Pointers.child(pointer, name), wanted, found)));
            case Shape.AnyOf(var shapes) ->
                shapes.stream()
                        .filter(one -> ShapeWords.kindFits(value, one))
                        .findFirst()
                        .ifPresent(one -> collect(value, one, pointer, wanted, found));
            default ->
                value.asText().filter(text -> wanted.test(shape, text)).ifPresent(text -> found.put(pointer, text));
        }
    }
}
