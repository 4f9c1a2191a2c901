package dev.esteira.quality;

import dev.esteira.kernel.Schema;
import dev.esteira.spi.Shape;
import java.util.List;

/**
 * A kind of check: what {@code check:} names. A kind says what the one scan must measure for it and judges what was
 * measured. Stateless and thread-safe.
 */
public sealed interface CheckKind {

    /** The name in files, e.g. {@code col.range}. */
    String name();

    /** One sentence for the reference. */
    String documentation();

    /** Its parameters beyond those that every check has. */
    List<Shape.Field> parameters();

    /**
     * Asks whether the check can be asked of rows with these columns.
     *
     * @param problems takes what is wrong, with a pointer below the check
     */
    void check(CheckSpec spec, Schema schema, ProblemTaker problems);

    /** Asks each row: a row passes, fails, or cannot be asked because a value is missing. */
    non-sealed interface OfRows extends CheckKind {

        /** Whether rows with a missing value are asked too, so that {@code nulls} means nothing to it. */
        default boolean asksMissing() {
            return false;
        }

        /** The SQL condition of the rows that can be asked; never null. */
        String applicable(CheckSpec spec, Schema schema);

        /** The SQL condition of the rows that fail among those that can be asked; null counts as passing. */
        String failing(CheckSpec spec, Schema schema);

        /** What passes, in words. */
        String expected(CheckSpec spec);
    }

    /** Asks one table as a whole. */
    non-sealed interface OfTable extends CheckKind {

        /** The SQL aggregates that the one scan must compute for this check. */
        default List<String> aggregates(CheckSpec spec, Schema schema) {
            return List.of();
        }

        /** Judges the table; may ask further queries where an aggregate is not enough. */
        Finding judge(CheckSpec spec, Table table) throws InterruptedException;

        /** Whether a share of the rows passes, so that {@code minPassRatio} means something to it. */
        default boolean asksShare() {
            return false;
        }

        /** Whether it can be asked of some of the rows, by {@code where}. */
        default boolean asksSome() {
            return true;
        }
    }

    /** Asks several tables together, e.g. the parts of a split. */
    non-sealed interface OfParts extends CheckKind {

        /** Judges the parts. */
        Finding judge(CheckSpec spec, Parts parts) throws InterruptedException;
    }
}
