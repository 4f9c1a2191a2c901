package dev.esteira.transform;

import java.util.List;

/**
 * A node of an expression tree. The set is closed: each node has a line in the table of semantics, one rendering to SQL
 * and one evaluation. A node yields a number (a double; flags are 1 and 0) or a text, or nothing when it is missing.
 * NaN is missing, wherever it arises; infinities are numbers.
 */
public sealed interface Node {

    /** What a node yields. */
    enum Kind {
        NUMBER,
        TEXT
    }

    /** What this node yields. */
    Kind kind();

    /** A column of the raw rows; integers, decimals and booleans become numbers. */
    record Column(String name, Kind kind) implements Node {}

    /** A number. */
    record Constant(double value) implements Node {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A constant is finite, not " + value);
            }
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A text. */
    record Text(String value) implements Node {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    /** Two numbers joined; missing when either is, or when a divisor is zero. */
    record Arithmetic(Operator operator, Node left, Node right) implements Node {

        /** IEEE 754 double operations. */
        enum Operator {
            ADD("+"),
            SUBTRACT("-"),
            MULTIPLY("*"),
            DIVIDE("/");

            private final String symbol;

            Operator(String symbol) {
                this.symbol = symbol;
            }

            String symbol() {
                return symbol;
            }
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A function of a number; missing when the number is, or lies outside the function's domain. */
    record Function(Name name, Node argument) implements Node {

        /** The functions; all but ABS and SQRT may differ by 2 ulp between SQL and the JVM. */
        enum Name {
            ABS,
            SQRT,
            LN,
            EXP,
            SIN,
            COS
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** 1 when the argument is missing, else 0; never missing. */
    record Missing(Node argument) implements Node {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** The first, or the second when the first is missing; both of one kind. */
    record Coalesce(Node first, Node second) implements Node {
        @Override
        public Kind kind() {
            return first.kind();
        }
    }

    /** 1 when a text equals a constant, else 0; 0 for a missing text. Compared code point by code point. */
    record Equals(Node argument, String value) implements Node {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** A number held between two bounds; missing stays missing. */
    record Clip(Node argument, double low, double high) implements Node {
        public Clip {
            if (!(low <= high)) {
                throw new IllegalArgumentException("The bounds " + low + " and " + high + " hold nothing");
            }
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /**
     * The number that a fitted table has for a text.
     *
     * @param table the table's name in the transform
     * @param whenMissing for a missing text
     * @param otherwise for a text that the table does not have
     */
    record Lookup(Node argument, String table, double whenMissing, double otherwise) implements Node {
        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /** How often SQL spells the nodes below out: where it has no word for the edge cases, it asks before it computes. */
    default int timesWritten() {
        return switch (this) {
            case Function(var name, var argument) when name != Function.Name.ABS && name != Function.Name.EXP -> 2;
            case Clip clip -> 3;
            default -> 1;
        };
    }

    /** The nodes right below this one. */
    default List<Node> children() {
        return switch (this) {
            case Column column -> List.of();
            case Constant constant -> List.of();
            case Text text -> List.of();
            case Arithmetic(var operator, var left, var right) -> List.of(left, right);
            case Function(var name, var argument) -> List.of(argument);
            case Missing(var argument) -> List.of(argument);
            case Coalesce(var first, var second) -> List.of(first, second);
            case Equals(var argument, var value) -> List.of(argument);
            case Clip(var argument, var low, var high) -> List.of(argument);
            case Lookup(var argument, var table, var whenMissing, var otherwise) -> List.of(argument);
        };
    }
}
