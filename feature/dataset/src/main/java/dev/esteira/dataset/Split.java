package dev.esteira.dataset;

import dev.esteira.dataset.SplitStrategy.Boundaries;
import dev.esteira.dataset.SplitStrategy.Group;
import dev.esteira.dataset.SplitStrategy.Random;
import dev.esteira.dataset.SplitStrategy.Shares;
import dev.esteira.dataset.SplitStrategy.Stratified;
import dev.esteira.dataset.SplitStrategy.Time;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Divides the rows of a data set. Which part a row goes to depends on the row and the seed, for shares also on the other
 * rows, but never on the order of the rows or on threads: chance is a hash (the first half of MD5) of seed and row.
 */
final class Split {

    /** The parts in their order. */
    static final List<String> PARTS = List.of("train", "validation", "test");

    private static final String TABLE = "row_part";

    private final DataSession session;
    private final Dataset dataset;
    private final String rows;

    Split(DataSession session, Dataset dataset) {
        this.session = session;
        this.dataset = dataset;
        this.rows = dataset.numberedRelation();
    }

    /**
     * Decides for every row which part it goes to.
     *
     * @param seed asked only when the strategy draws
     * @return the rows of each part
     * @throws EsteiraException SPLIT_PART_EMPTY, SPLIT_TIME_MISSING
     */
    List<Long> divide(SplitStrategy strategy, LongSupplier seed) throws InterruptedException {
        strategy.require(dataset.schema());
        var parameters = new ArrayList<Value>();
        var part = switch (strategy) {
            case Time time -> byTime(time, parameters);
            case Random random -> byShare(chance(rowKey(), seed.getAsLong(), parameters), random.shares(), parameters);
            case Group group ->
                byShare(chance(groupKey(group.groupBy()), seed.getAsLong(), parameters), group.shares(), parameters);
            case Stratified stratified -> stratified(stratified, seed.getAsLong(), parameters);
        };
        session.execute(
                "CREATE TABLE " + TABLE + " AS SELECT file_row_number AS at, " + part + " AS part FROM " + rows,
                parameters);
        if (strategy instanceof Time time && time.groupBy().isPresent()) {
            keepGroupsInTheirFirstPart(time.groupBy().get());
        }
        return counts();
    }

    /** A query of the rows of a part. */
    String query(int part) {
        var columns = dataset.schema().names().stream()
                .map(name -> "r." + DataEngine.quoted(name))
                .collect(Collectors.joining(", "));
        return "SELECT %s FROM %s r JOIN %s p ON r.file_row_number = p.at WHERE p.part = %s"
                .formatted(columns, rows, TABLE, part);
    }

    private List<Long> counts() throws InterruptedException {
        var sql =
                "SELECT count(*) FILTER (part = 0), count(*) FILTER (part = 1), count(*) FILTER (part = 2), count(*) - count(part) FROM "
                        + TABLE;
        var counts = session.row(
                sql, List.of(), row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
        for (var part = 0; part < PARTS.size(); part++) {
            if (counts.get(part) == 0) {
                throw new EsteiraException(
                        DatasetErrorCode.SPLIT_PART_EMPTY,
                        "The part '%s' would have no rows (train %d, validation %d, test %d, left out %d)."
                                .formatted(PARTS.get(part), counts.get(0), counts.get(1), counts.get(2), counts.get(3)),
                        "Move the boundaries or change the shares.");
            }
        }
        return counts.subList(0, PARTS.size());
    }

    private String byTime(Time time, List<Value> parameters) throws InterruptedException {
        var column = dataset.schema().column(time.column()).orElseThrow();
        var scale = "CAST(" + NaturalForm.of(column) + " AS DOUBLE)";
        requireTimes(column, scale);
        var cuts = switch (time.cuts()) {
            case Boundaries(var first, var second) ->
                List.of(SplitValues.boundary(first, column), SplitValues.boundary(second, column));
            case Shares shares ->
                List.of(valueAt(scale, shares.train()), valueAt(scale, shares.train() + shares.validation()));
        };
        double gap = time.gap().map(value -> SplitValues.gap(value, column)).orElse(0.0);
        for (var cut : List.of(cuts.get(0) - gap, cuts.get(0), cuts.get(1) - gap, cuts.get(1))) {
            parameters.add(Value.of(cut));
        }
        return "CASE WHEN %1$s < $1 THEN 0 WHEN %1$s < $2 THEN NULL WHEN %1$s < $3 THEN 1 WHEN %1$s < $4 THEN NULL ELSE 2 END"
                .formatted(scale);
    }

    private void requireTimes(Column column, String scale) throws InterruptedException {
        var missing = session.row(
                "SELECT count(*) FILTER (%1$s IS NULL OR isnan(%1$s)) FROM %2$s".formatted(scale, rows),
                List.of(),
                row -> row.getLong(1));
        if (missing > 0) {
            throw new EsteiraException(
                    DatasetErrorCode.SPLIT_TIME_MISSING,
                    missing + " of " + dataset.rows() + " rows have no value in '" + column.name() + "'.",
                    "Leave these rows out before the split, or fill them.");
        }
    }

    /** The value from which on the rows are no longer in the first share. */
    private double valueAt(String scale, double share) throws InterruptedException {
        var at = Math.min(dataset.rows() - 1, Math.round(share * dataset.rows()));
        if (at < 0) {
            throw new EsteiraException(
                    DatasetErrorCode.SPLIT_PART_EMPTY, "There are no rows to split.", "Check the steps before.");
        }
        return session.row(
                "SELECT %1$s FROM %2$s ORDER BY %1$s LIMIT 1 OFFSET %3$s".formatted(scale, rows, at),
                List.of(),
                row -> row.getDouble(1));
    }

    private static String byShare(String chance, Shares shares, List<Value> parameters) {
        var at = parameters.size();
        parameters.add(Value.of(shares.train()));
        parameters.add(Value.of(shares.train() + shares.validation()));
        return "CASE WHEN %1$s < $%2$s THEN 0 WHEN %1$s < $%3$s THEN 1 ELSE 2 END".formatted(chance, at + 1, at + 2);
    }

    /** Equal rows have equal ranks, so they stay together; the middle of a rank's step decides. */
    private String stratified(Stratified stratified, long seed, List<Value> parameters) {
        var column = DataEngine.quoted(stratified.column());
        var chance = chance(rowKey(), seed, parameters);
        var rank = "((rank() OVER (PARTITION BY %1$s ORDER BY %2$s) - 0.5::DOUBLE) / count(*) OVER (PARTITION BY %1$s))"
                .formatted(column, chance);
        return byShare(rank, stratified.shares(), parameters);
    }

    private void keepGroupsInTheirFirstPart(String groupBy) throws InterruptedException {
        session.execute("""
                CREATE OR REPLACE TABLE %1$s AS
                SELECT p.at, CASE WHEN r.%2$s IS NULL OR p.part = min(p.part) OVER (PARTITION BY r.%2$s) THEN p.part END
                    AS part
                FROM %1$s p JOIN %3$s r ON r.file_row_number = p.at""".formatted(TABLE, DataEngine.quoted(groupBy), rows));
    }

    /** A number in [0, 1) from seed and key, with 53 bits. */
    private static String chance(String key, long seed, List<Value> parameters) {
        parameters.add(Value.of(Long.toString(seed)));
        return "(CAST(md5_number_lower($%s || chr(31) || %s) >> 11 AS DOUBLE) / 9007199254740992.0::DOUBLE)"
                .formatted(parameters.size(), key);
    }

    private String rowKey() {
        var ids = dataset.schema().withRole(Role.ID);
        return key(ids.isEmpty() ? dataset.schema().columns() : ids);
    }

    private String groupKey(String name) {
        var column = dataset.schema().column(name).orElseThrow();
        return "CASE WHEN %s IS NULL THEN %s ELSE %s END"
                .formatted(DataEngine.quoted(name), rowKey(), key(List.of(column)));
    }

    /** One text from some columns; a missing value is no text that a value can have at its place. */
    private static String key(Collection<Column> columns) {
        return columns.stream()
                .map(column -> "coalesce(" + text(column) + ", chr(30))")
                .collect(Collectors.joining(" || chr(31) || ", "(", ")"));
    }

    private static String text(Column column) {
        return column.type() == LogicalType.STRING
                ? DataEngine.quoted(column.name())
                : "CAST(" + DataEngine.quoted(column.name()) + " AS VARCHAR)";
    }
}
