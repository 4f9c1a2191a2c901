package dev.esteira.quality;

import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.kernel.Schema;
import dev.esteira.statistics.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A table under examination: one scan measured all aggregates that its checks asked for; a check may ask more. For one
 * thread.
 */
final class Table {

    /** The aggregate that counts all rows. */
    static final String ROWS = "count(*)";

    private static final int AGGREGATES_PER_SCAN = 500;

    private final DataSession session;
    private final Dataset dataset;
    private final Map<String, Table> references;
    private final Map<String, Double> measured = new HashMap<>();
    private final Map<String, Moments> moments = new HashMap<>();
    private final Optional<String> condition;
    private final Map<String, Table> chosen = new HashMap<>();

    /** @param references the tables that checks may refer to, by name */
    Table(DataSession session, Dataset dataset, Map<String, Table> references) {
        this(session, dataset, references, Optional.empty());
    }

    private Table(DataSession session, Dataset dataset, Map<String, Table> references, Optional<String> condition) {
        this.session = session;
        this.dataset = dataset;
        this.references = Map.copyOf(references);
        this.condition = condition;
    }

    /** The rows that a check is asked of: this table, or a part of it that is measured by itself. */
    Table of(CheckSpec check) {
        return check.where().isEmpty()
                ? this
                : chosen.computeIfAbsent(
                        check.where().get(), where -> new Table(session, dataset, references, Optional.of(where)));
    }

    DataSession session() {
        return session;
    }

    Dataset dataset() {
        return dataset;
    }

    Schema schema() {
        return dataset.schema();
    }

    String relation() {
        return condition
                .map(where -> "(SELECT * FROM " + dataset.relation() + " WHERE (" + where + "\n))")
                .orElseGet(dataset::relation);
    }

    Map<String, Table> references() {
        return references;
    }

    /**
     * The rows of one group.
     *
     * @param name the columns with their values, e.g. {@code origin = EWR}
     */
    record Group(String name, Table rows) {}

    /**
     * The groups of the rows by the values of some columns, in the order of these, all measured in one scan; one more
     * than {@code most} when there are more than that.
     */
    List<Group> groups(List<String> columns, int most, List<String> aggregates) throws InterruptedException {
        var texts = columns.stream()
                .map(column -> "CAST(" + Sql.name(column) + " AS VARCHAR)")
                .toList();
        var wanted = new ArrayList<>(new LinkedHashSet<>(aggregates));
        wanted.add(ROWS);
        return ask(
                "SELECT " + String.join(", ", texts) + ", " + String.join(", ", wanted) + " FROM " + relation()
                        + " GROUP BY " + Sql.names(columns) + " ORDER BY " + Sql.names(columns) + " LIMIT "
                        + (most + 1),
                row -> {
                    var names = new ArrayList<String>();
                    var conditions = new ArrayList<>(
                            condition.map(where -> "(" + where + "\n)").stream().toList());
                    for (var index = 0; index < columns.size(); index++) {
                        var value = Optional.ofNullable(row.getString(index + 1));
                        names.add(columns.get(index)
                                + value.map(text -> " = " + Examination.shortened(text))
                                        .orElse(" missing"));
                        conditions.add(texts.get(index)
                                + value.map(text -> " = " + Sql.text(text)).orElse(" IS NULL"));
                    }
                    var rows = new Table(session, dataset, references, Optional.of(String.join(" AND ", conditions)));
                    for (var index = 0; index < wanted.size(); index++) {
                        rows.measured.put(wanted.get(index), figure(row, columns.size() + index + 1));
                    }
                    return new Group(String.join(", ", names), rows);
                });
    }

    private static double figure(ResultSet row, int place) throws SQLException {
        var number = row.getDouble(place);
        return row.wasNull() ? Double.NaN : number;
    }

    /** Computes all aggregates in one scan; equal ones once. */
    void measure(List<String> aggregates) throws InterruptedException {
        var wanted = new LinkedHashSet<String>();
        wanted.add(ROWS);
        wanted.addAll(aggregates);
        wanted.removeAll(measured.keySet());
        var open = new ArrayList<>(wanted);
        for (var from = 0; from < open.size(); from += AGGREGATES_PER_SCAN) {
            scan(open.subList(from, Math.min(open.size(), from + AGGREGATES_PER_SCAN)));
        }
    }

    private void scan(List<String> aggregates) throws InterruptedException {
        var figures = askOne("SELECT " + String.join(", ", aggregates) + " FROM " + relation(), row -> {
            var numbers = new double[aggregates.size()];
            for (var index = 0; index < numbers.length; index++) {
                numbers[index] = figure(row, index + 1);
            }
            return numbers;
        });
        for (var index = 0; index < figures.length; index++) {
            measured.put(aggregates.get(index), figures[index]);
        }
    }

    /**
     * The moments of a numeric column's finite values, taken in the order of the rows: a sum that the engine makes with
     * several threads differs in its last digits from run to run, and what is found stands in an artifact.
     */
    Moments moments(String column) throws InterruptedException {
        var known = moments.get(column);
        if (known == null) {
            var accumulator = new Moments.Accumulator();
            session.batches("SELECT CAST(" + Sql.name(column) + " AS DOUBLE) FROM " + relation(), List.of(), batch -> {
                var numbers = new double[batch.rows()];
                batch.numbers(0, numbers, 0);
                for (var number : numbers) {
                    if (Double.isFinite(number)) {
                        accumulator.add(number);
                    }
                }
            });
            known = accumulator.moments();
            moments.put(column, known);
        }
        return known;
    }

    /** The rows of the table. */
    long rows() {
        return count(ROWS);
    }

    /** A count that the scan computed. */
    long count(String aggregate) {
        return (long) figure(aggregate).orElse(0);
    }

    /** A figure that the scan computed; empty when it is null, e.g. the mean of nothing. */
    OptionalDouble figure(String aggregate) {
        var number = measured.get(aggregate);
        if (number == null) {
            throw new IllegalArgumentException("The scan did not measure " + aggregate);
        }
        return number.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** Asks a query of its own and reads all rows. */
    <T> List<T> ask(String sql, DataSession.RowReader<T> reader) throws InterruptedException {
        return session.rows(sql, List.of(), reader);
    }

    /** Asks a query of one row. */
    <T> T askOne(String sql, DataSession.RowReader<T> reader) throws InterruptedException {
        return session.row(sql, List.of(), reader);
    }
}
