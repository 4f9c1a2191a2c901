package dev.esteira.spi;

import dev.esteira.kernel.LogicalType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which values may stand at a place of a file. From it come the check for unknown fields and wrong types, the
 * completion in editors and the reference; what a shape cannot say, {@link StepKind#check} does.
 */
public sealed interface Shape {

    /** A value of a logical type; text forms of dates and timestamps are ISO 8601. */
    record Scalar(LogicalType type) implements Shape {}

    /** A whole number between two bounds, both allowed. */
    record WholeIn(long min, long max) implements Shape {}

    /** A finite number between two bounds, both allowed. */
    record NumberIn(double min, double max) implements Shape {}

    /** One of some words. */
    record Choice(List<String> words) implements Shape {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /** A duration with its unit, e.g. {@code 15min}. */
    record Duration() implements Shape {}

    /** A size with its unit, e.g. {@code 4GiB}. */
    record Size() implements Shape {}

    /** The path of a file beside the pipeline file or below; it travels in the run's bundle. */
    record FilePath() implements Shape {}

    /** A CEL expression that is true or false, over what the kind says in its documentation. */
    record Condition() implements Shape {}

    /** Any value. */
    record Anything() implements Shape {}

    /** A list. */
    record ListOf(Shape item) implements Shape {}

    /** A map with free keys. */
    record MapOf(Shape value) implements Shape {}

    /** A map with known keys. */
    record Group(List<Field> fields) implements Shape {
        public Group {
            fields = List.copyOf(fields);
        }

        /** A group of these fields. */
        public static Group of(Field... fields) {
            return new Group(Arrays.asList(fields));
        }
    }

    /** A map with exactly one key, which says what the value is: {@code {parquet: {…}}}. */
    record Tagged(Map<String, Shape> variants) implements Shape {
        public Tagged {
            variants = Map.copyOf(new TreeMap<>(variants));
        }
    }

    /** The first of several shapes that the value's own kind (text, number, list, map …) fits. */
    record AnyOf(List<Shape> shapes) implements Shape {
        public AnyOf {
            shapes = List.copyOf(shapes);
        }
    }

    /**
     * A key of a {@link Group}.
     *
     * @param documentation one sentence for the reference
     */
    record Field(String name, Shape shape, boolean required, String documentation) {

        /** A field that must be there. */
        public static Field required(String name, Shape shape, String documentation) {
            return new Field(name, shape, true, documentation);
        }

        /** A field that may be left out. */
        public static Field optional(String name, Shape shape, String documentation) {
            return new Field(name, shape, false, documentation);
        }
    }
}
