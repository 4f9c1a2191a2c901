package dev.esteira.dataset;

import dev.esteira.dataset.ColumnProfile.Frequency;
import dev.esteira.dataset.ColumnProfile.Texts;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Profiles a stored Parquet file: one scan for counts and bounds, then one grouping per column by its values. The engine
 * only counts, which is exact in any order; sums of doubles are made here, by ascending value.
 */
final class Profiler {

    @Limit(value = "A text in a profile; longer ones are cut.", unit = "characters")
    private static final int TEXT_LENGTH_MAX = 200;

    private static final int BATCH = 8_192;

    private final DataSession session;

    Profiler(DataSession session) {
        this.session = session;
    }

    DatasetProfile profile(Path parquet, Schema schema) throws InterruptedException {
        var from = "read_parquet(" + DataEngine.literal(parquet.toString()) + ")";
        var bounds = bounds(from, schema);
        var profiles = new ArrayList<ColumnProfile>();
        for (var index = 0; index < schema.columns().size(); index++) {
            var column = schema.columns().get(index);
            profiles.add(profile(from, column, bounds.columns().get(index), bounds.rows()));
        }
        return new DatasetProfile(bounds.rows(), profiles);
    }

    private record Bounds(long rows, List<Bound> columns) {
        Bounds {
            columns = List.copyOf(columns);
        }
    }

    /** What the first scan tells: values there, finite ones, and the smallest and largest of these. */
    private record Bound(
            long present, long finite, Optional<Value> min, Optional<Value> max, double low, double high) {}

    private Bounds bounds(String from, Schema schema) throws InterruptedException {
        var columns = schema.columns();
        var numbered = IntStream.range(0, columns.size()).boxed().toList();
        var values = numbered.stream()
                .map(index -> values(columns.get(index), index))
                .collect(Collectors.joining(", "));
        var figures = numbered.stream()
                .map(index -> figures(columns.get(index), index))
                .collect(Collectors.joining(", "));
        var sql = "SELECT count(*), " + figures + " FROM (SELECT " + values + " FROM " + from + ")";
        return session.row(sql, List.of(), row -> {
            var bounds = new ArrayList<Bound>();
            for (var index = 0; index < columns.size(); index++) {
                bounds.add(bound(row, 2 + index * 4, columns.get(index).type()));
            }
            return new Bounds(row.getLong(1), bounds);
        });
    }

    /**
     * A column's values p and its finite ones f. As columns of their own, because a FILTER on each figure takes the
     * engine ten times as long.
     */
    private static String values(Column column, int index) {
        var name = DataEngine.quoted(column.name());
        var finite = column.type() == LogicalType.NUMBER
                ? "CASE WHEN isfinite(%1$s) THEN %1$s END".formatted(name)
                : natural(column);
        return "%1$s AS p%3$s, %2$s AS f%3$s".formatted(name, finite, index);
    }

    /** Four figures: present, finite, smallest and largest finite value. */
    private static String figures(Column column, int index) {
        var bound = column.type() == LogicalType.STRING ? "left(%s(f%s), " + TEXT_LENGTH_MAX + ")" : "%s(f%s)";
        return "count(p%1$s), count(f%1$s), %2$s, %3$s"
                .formatted(index, bound.formatted("min", index), bound.formatted("max", index));
    }

    private static Bound bound(ResultSet row, int at, LogicalType type) throws SQLException {
        var present = row.getLong(at);
        var finite = row.getLong(at + 1);
        if (finite == 0) {
            return new Bound(present, 0, Optional.empty(), Optional.empty(), Double.NaN, Double.NaN);
        }
        return switch (type) {
            case STRING -> new Bound(present, finite, text(row, at + 2), text(row, at + 3), Double.NaN, Double.NaN);
            case NUMBER, DECIMAL -> {
                var low = row.getDouble(at + 2);
                var high = row.getDouble(at + 3);
                yield new Bound(present, finite, Optional.of(Value.of(low)), Optional.of(Value.of(high)), low, high);
            }
            case INTEGER, BOOLEAN, DATE, TIMESTAMP -> {
                var low = row.getLong(at + 2);
                var high = row.getLong(at + 3);
                yield new Bound(
                        present,
                        finite,
                        Optional.of(ValueSeries.rendered(type, low)),
                        Optional.of(ValueSeries.rendered(type, high)),
                        low,
                        high);
            }
        };
    }

    private static Optional<Value> text(ResultSet row, int at) throws SQLException {
        return Optional.ofNullable(row.getString(at)).map(Value::of);
    }

    private ColumnProfile profile(String from, Column column, Bound bound, long rows) throws InterruptedException {
        return column.type() == LogicalType.STRING
                ? texts(from, column, bound, rows)
                : series(from, column, bound, rows);
    }

    private ColumnProfile series(String from, Column column, Bound bound, long rows) throws InterruptedException {
        var series = new ValueSeries(column.type(), bound.finite(), bound.low(), bound.high());
        var sql = "SELECT v, count(*) FROM (SELECT %s AS v FROM %s) WHERE v IS NOT NULL GROUP BY v ORDER BY v"
                .formatted(natural(column), from);
        var counts = new long[BATCH];
        if (column.type() == LogicalType.NUMBER || column.type() == LogicalType.DECIMAL) {
            var values = new double[BATCH];
            session.batches(sql, List.of(), batch -> {
                batch.numbers(0, values, 0);
                batch.wholes(1, counts, 0);
                for (var row = 0; row < batch.rows(); row++) {
                    series.add(values[row], counts[row]);
                }
            });
        } else {
            var values = new long[BATCH];
            session.batches(sql, List.of(), batch -> {
                batch.wholes(0, values, 0);
                batch.wholes(1, counts, 0);
                for (var row = 0; row < batch.rows(); row++) {
                    series.add(values[row], counts[row]);
                }
            });
        }
        return new ColumnProfile(
                column.name(),
                column.type(),
                rows - bound.present(),
                series.distinct(),
                bound.min(),
                bound.max(),
                series.top(),
                series.numbers(),
                series.quantiles(),
                series.histogram(),
                Optional.empty());
    }

    private ColumnProfile texts(String from, Column column, Bound bound, long rows) throws InterruptedException {
        var name = DataEngine.quoted(column.name());
        var counted =
                "WITH c AS MATERIALIZED (SELECT %1$s AS v, count(*) AS n FROM %2$s WHERE %1$s IS NOT NULL GROUP BY %1$s)"
                        .formatted(name, from);
        var sql = counted + """
                 SELECT count(*), coalesce(max(n), 0), coalesce(sum(n) FILTER (v = ''), 0)::BIGINT,
                    min(length(v)), max(length(v)), sum(length(v) * n)::DOUBLE,
                    (SELECT list(struct_pack(v := left(v, %2$s), n := n) ORDER BY n DESC, v)
                     FROM (FROM c ORDER BY n DESC, v LIMIT %1$s))
                 FROM c""".formatted(ValueSeries.TOP, TEXT_LENGTH_MAX);
        return session.row(sql, List.of(), row -> {
            var distinct = row.getLong(1);
            var unique = distinct > ValueSeries.TOP && row.getLong(2) == 1;
            return new ColumnProfile(
                    column.name(),
                    column.type(),
                    rows - bound.present(),
                    distinct,
                    bound.min(),
                    bound.max(),
                    unique ? List.of() : frequencies(row, 7),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    bound.present() == 0
                            ? Optional.empty()
                            : Optional.of(new Texts(
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getDouble(6) / bound.present())));
        });
    }

    private static List<Frequency> frequencies(ResultSet row, int at) throws SQLException {
        var array = row.getArray(at);
        if (array == null) {
            return List.of();
        }
        var frequencies = new ArrayList<Frequency>();
        for (var item : (Object[]) array.getArray()) {
            var fields = ((Struct) item).getAttributes();
            frequencies.add(new Frequency(Value.of((String) fields[0]), ((Number) fields[1]).longValue()));
        }
        return frequencies;
    }

    /** The column as the profile reads it: BIGINT or DOUBLE. */
    private static String natural(Column column) {
        return NaturalForm.of(column);
    }
}
