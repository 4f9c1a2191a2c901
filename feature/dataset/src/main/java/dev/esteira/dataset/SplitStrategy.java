package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How rows are divided into train, validation and test. */
sealed interface SplitStrategy {

    /**
     * By the values of a column: those below the first boundary train, those below the second validate, the rest test.
     *
     * @param cuts where to cut
     * @param gap what is left out at the end of train and of validation; a duration, or a number for numeric columns
     * @param groupBy rows of a group that an earlier part has are left out of the later ones
     */
    record Time(String column, Cuts cuts, Optional<Value> gap, Optional<String> groupBy) implements SplitStrategy {}

    /** By the hash of each row's id, or of the whole row where there is no id. */
    record Random(Shares shares) implements SplitStrategy {}

    /** Every value of a column is divided by the shares, in the order of the hashes. */
    record Stratified(String column, Shares shares) implements SplitStrategy {}

    /** By the hash of a column's value, so that a group is never divided. */
    record Group(String groupBy, Shares shares) implements SplitStrategy {}

    /** Where a split by time cuts. */
    sealed interface Cuts {}

    /** At these values. */
    record Boundaries(Value first, Value second) implements Cuts {}

    /** The shares of the rows; they sum to 1. */
    record Shares(double train, double validation, double test) implements Cuts {}

    /**
     * Reads the field {@code strategy}, which has the right shape already.
     *
     * @throws EsteiraException SPLIT_MALFORMED
     */
    static SplitStrategy of(Value.Fields fields) {
        var type = fields.text("type").orElse("");
        return switch (type) {
            case "time" -> {
                requireOnly(fields, Set.of("column", "boundaries", "train", "validation", "test", "gap", "groupBy"));
                yield new Time(needed(fields, "column"), cuts(fields), fields.field("gap"), fields.text("groupBy"));
            }
            case "random" -> {
                requireOnly(fields, Set.of("train", "validation", "test"));
                yield new Random(shares(fields));
            }
            case "stratified" -> {
                requireOnly(fields, Set.of("column", "train", "validation", "test"));
                yield new Stratified(needed(fields, "column"), shares(fields));
            }
            case "group" -> {
                requireOnly(fields, Set.of("groupBy", "train", "validation", "test"));
                yield new Group(needed(fields, "groupBy"), shares(fields));
            }
            default -> throw malformed("'" + type + "' is no way to split.", "Use time, random, stratified or group.");
        };
    }

    /** Whether chance decides which part a row goes to. */
    default boolean drawn() {
        return switch (this) {
            case Time time -> false;
            case Random random -> true;
            case Stratified stratified -> true;
            case Group group -> true;
        };
    }

    /** The columns that the strategy names and the data lack, or that are of an unfit type. */
    default void require(Schema schema) {
        switch (this) {
            case Time time -> {
                var column = column(time.column(), schema);
                SplitValues.requireTime(column);
                time.groupBy().ifPresent(name -> column(name, schema));
                if (time.cuts() instanceof Boundaries(var first, var second)
                        && SplitValues.boundary(first, column) >= SplitValues.boundary(second, column)) {
                    throw malformed("The first boundary is not before the second.", "Write the earlier one first.");
                }
                time.gap().ifPresent(gap -> SplitValues.gap(gap, column));
            }
            case Stratified stratified -> {
                var column = column(stratified.column(), schema);
                if (column.type() == LogicalType.NUMBER || column.type() == LogicalType.TIMESTAMP) {
                    throw new EsteiraException(
                            DatasetErrorCode.COLUMN_TYPE_MISMATCH,
                            "The column '" + column.name() + "' of type "
                                    + column.type().text() + " has too many values to stratify by.",
                            "Name a column with few different values, such as the label.");
                }
            }
            case Group group -> column(group.groupBy(), schema);
            case Random random -> {
                // Whatever the columns are.
            }
        }
    }

    private static Column column(String name, Schema schema) {
        return schema.column(name)
                .orElseThrow(() -> new EsteiraException(
                        DatasetErrorCode.COLUMN_UNKNOWN,
                        "The strategy names the column '" + name + "', which the data do not have.",
                        Roles.nearest(name, schema)));
    }

    private static Cuts cuts(Value.Fields fields) {
        var boundaries = fields.field("boundaries");
        if (boundaries.isEmpty()) {
            return shares(fields);
        }
        for (var name : List.of("train", "validation", "test")) {
            if (fields.field(name).isPresent()) {
                throw malformed("The strategy has boundaries and the share '" + name + "'.", "Give one or the other.");
            }
        }
        var values = boundaries.get().items();
        if (values.size() != 2) {
            throw malformed(
                    "The strategy has " + values.size() + " boundaries.",
                    "Give two: where validation begins, and where test begins.");
        }
        return new Boundaries(values.get(0), values.get(1));
    }

    private static Shares shares(Value.Fields fields) {
        var shares = new ArrayList<Double>();
        for (var name : List.of("train", "validation", "test")) {
            var share = fields.number(name)
                    .orElseThrow(() -> malformed(
                            "The strategy lacks the share '" + name + "'.",
                            "Give train, validation and test, which sum to 1."));
            if (!(share > 0 && share < 1)) {
                throw malformed("The share '" + name + "' is " + share + ".", "Use a number between 0 and 1.");
            }
            shares.add(share);
        }
        var sum = shares.get(0) + shares.get(1) + shares.get(2);
        if (Math.abs(sum - 1) > 1e-9) {
            throw malformed("The shares sum to " + (float) sum + ", not to 1.", "Change one of them.");
        }
        return new Shares(shares.get(0), shares.get(1), shares.get(2));
    }

    private static void requireOnly(Value.Fields fields, Set<String> allowed) {
        for (var name : fields.entries().keySet()) {
            if (!name.equals("type")
                    && !allowed.contains(name)
                    && fields.field(name).isPresent()) {
                throw malformed(
                        "A split of type " + fields.text("type").orElse("") + " has no field '" + name + "'.",
                        "Leave it out, or use another type.");
            }
        }
    }

    private static String needed(Value.Fields fields, String name) {
        return fields.text(name)
                .orElseThrow(() -> malformed(
                        "A split of type " + fields.text("type").orElse("") + " lacks the field '" + name + "'.",
                        "Name the column."));
    }

    private static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(DatasetErrorCode.SPLIT_MALFORMED, message, remedy);
    }
}
