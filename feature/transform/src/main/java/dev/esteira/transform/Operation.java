package dev.esteira.transform;

import dev.esteira.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** An operation of a transform as written, before it is fitted. Column lists may hold patterns with {@code *}. */
public sealed interface Operation {

    /**
     * Puts a value where one is missing.
     *
     * @param constant the value of {@link Statistic#CONSTANT}
     * @param indicator whether a column {@code NAME_missing} of 1 and 0 is added
     */
    record Impute(List<String> columns, Statistic with, Optional<Value> constant, boolean indicator)
            implements Operation {

        public Impute {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Holds numbers between two bounds; missing ones stay missing.
     *
     * @param with what {@code low} and {@code high} are
     */
    record Clip(List<String> columns, Bounds with, double low, double high) implements Operation {

        public Clip {
            columns = List.copyOf(columns);
        }
    }

    /** Shifts and stretches numbers. A column whose spread is zero is only shifted. */
    record Scale(List<String> columns, Scaling with) implements Operation {

        public Scale {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One column of 1 and 0 for each category, named {@code COLUMN=CATEGORY}, in the order of the categories' code
     * points; a missing text and one that the training rows lack are all zeros.
     *
     * @param minRows the training rows that a category needs for a column of its own
     */
    record OneHot(List<String> columns, long minRows) implements Operation {

        public OneHot {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Replaces a category by the mean of the label over the training rows that have it, drawn towards the mean over all
     * of them: {@code (sum + smoothing × mean) / (rows + smoothing)} (Micci-Barreca 2001). The training rows
     * themselves get the value that the other folds give (cross-fitting), so they do not know their own label.
     */
    record Target(List<String> columns, double smoothing, int folds) implements Operation {

        public Target {
            columns = List.copyOf(columns);
        }
    }

    /** Replaces a number by the sine and cosine of its place in a period, as {@code NAME_sin} and {@code NAME_cos}. */
    record Cyclical(SequencedMap<String, Double> periods) implements Operation {

        public Cyclical {
            periods = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(periods));
        }
    }

    /** Makes columns from others. */
    record Derive(SequencedMap<String, Formula> columns) implements Operation {

        public Derive {
            columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
        }
    }

    /** Leaves columns out. */
    record Drop(List<String> columns) implements Operation {

        public Drop {
            columns = List.copyOf(columns);
        }
    }

    /** What stands for a missing value. */
    enum Statistic {
        MEDIAN,
        MEAN,
        MOST_FREQUENT,
        CONSTANT
    }

    /** How the bounds of a clip are given. */
    enum Bounds {
        /** As they are. */
        VALUES,
        /** As shares, from 0 to 1, of the training rows that lie below (linear interpolation). */
        QUANTILES
    }

    /** How numbers are shifted and stretched. */
    enum Scaling {
        /** By mean and population standard deviation. */
        STANDARD,
        /** To 0 at the least and 1 at the greatest. */
        MIN_MAX,
        /** By the greatest absolute value. */
        MAX_ABS,
        /** By median and interquartile range (linear interpolation). */
        ROBUST
    }

    /** A column made from one or two others. */
    sealed interface Formula {

        /** The columns that it reads. */
        default List<String> columns() {
            return switch (this) {
                case Joined(var operator, var left, var right) ->
                    Stream.of(left, right)
                            .flatMap(operand ->
                                    operand instanceof Operand.OfColumn(var name) ? Stream.of(name) : Stream.empty())
                            .toList();
                case Applied(var function, var column) -> List.of(column);
            };
        }

        /** Two columns, or a column and a number, joined. */
        record Joined(Node.Arithmetic.Operator operator, Operand left, Operand right) implements Formula {}

        /** A function of a column. */
        record Applied(Node.Function.Name function, String column) implements Formula {}
    }

    /** A column or a number. */
    sealed interface Operand {

        /** A column by its name. */
        record OfColumn(String name) implements Operand {}

        /** A number. */
        record OfNumber(double value) implements Operand {}
    }
}
