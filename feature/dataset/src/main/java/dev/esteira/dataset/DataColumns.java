package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a data set in memory, in the order in which its rows are stored. Arrays are handed out as they are: don't
 * change them. Safe for several threads that only read.
 */
public final class DataColumns {

    @Limit(value = "Different texts of a column that share memory while it is read.", unit = "texts")
    private static final int SHARED_TEXTS_MAX = 10_000;

    private final int rows;
    private final Map<String, Held> held;

    private DataColumns(int rows, Map<String, Held> held) {
        this.rows = rows;
        this.held = held;
    }

    /** Reads all columns; see {@link #read(DataSession, Dataset, List)}. */
    public static DataColumns read(DataSession session, Dataset dataset) throws InterruptedException {
        return read(session, dataset, dataset.schema().names());
    }

    /**
     * Reads some columns.
     *
     * @param session one that may read the data set's file
     * @throws EsteiraException COLUMN_UNKNOWN, or DATASET_TOO_LARGE when the rows are more than arrays hold
     * @throws InterruptedException when the caller was interrupted
     */
    public static DataColumns read(DataSession session, Dataset dataset, List<String> names)
            throws InterruptedException {
        var columns = names.stream()
                .map(name -> dataset.schema().column(name).orElseThrow(() -> unknown(name, dataset)))
                .toList();
        DatasetLimits.requireRows(dataset.rows());
        return read(session, dataset.relation(), List.of(), columns, (int) dataset.rows());
    }

    /**
     * Reads the columns of a query that gives each in the form in which a data set stores it.
     *
     * @param from what stands in an SQL FROM
     * @param rows the number of rows that it gives
     */
    static DataColumns read(DataSession session, String from, List<Value> parameters, List<Column> columns, int rows)
            throws InterruptedException {
        var held = columns.stream().map(column -> Held.of(column, rows)).toList();
        if (!held.isEmpty()) {
            var expressions = columns.stream().map(NaturalForm::of).collect(Collectors.joining(", "));
            var filled = new int[1];
            session.batches("SELECT " + expressions + " FROM " + from, parameters, batch -> {
                for (var index = 0; index < held.size(); index++) {
                    held.get(index).take(batch, index, filled[0]);
                }
                filled[0] += batch.rows();
            });
        }
        var byName = new LinkedHashMap<String, Held>();
        held.forEach(column -> byName.put(column.column.name(), column));
        return new DataColumns(rows, byName);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The columns that were read, in that order. */
    public List<Column> columns() {
        return held.values().stream().map(column -> column.column).toList();
    }

    /**
     * A numeric or boolean column as doubles: missing values are NaN, true is 1 and false 0. Integers beyond 2^53 lose
     * their last digits.
     *
     * @throws IllegalArgumentException when the column was not read or is of another type
     */
    public double[] numbers(String name) {
        var column = column(name);
        return switch (column.column.type()) {
            case NUMBER, DECIMAL -> column.numbers();
            case INTEGER, BOOLEAN -> column.wholesAsNumbers();
            case STRING, DATE, TIMESTAMP -> throw otherType(column, "numbers");
        };
    }

    /**
     * An integer column, a date column as days since 1970, or a timestamp column as microseconds since 1970 in UTC; 0
     * where a value is missing.
     *
     * @throws IllegalArgumentException when the column was not read or is of another type
     */
    public long[] wholes(String name) {
        var column = column(name);
        return switch (column.column.type()) {
            case INTEGER, DATE, TIMESTAMP, BOOLEAN -> column.wholes();
            case STRING, NUMBER, DECIMAL -> throw otherType(column, "integers");
        };
    }

    /**
     * A text column; null where a value is missing.
     *
     * @throws IllegalArgumentException when the column was not read or is of another type
     */
    public @Nullable String[] texts(String name) {
        return column(name).texts();
    }

    /**
     * The rows whose value is missing.
     *
     * @throws IllegalArgumentException when the column was not read
     */
    public BitSet missing(String name) {
        return column(name).missing;
    }

    private Held column(String name) {
        return Optional.ofNullable(held.get(name))
                .orElseThrow(() -> new IllegalArgumentException("Column '" + name + "' was not read"));
    }

    private static EsteiraException unknown(String name, Dataset dataset) {
        return new EsteiraException(
                DatasetErrorCode.COLUMN_UNKNOWN,
                "The data have no column '" + name + "'.",
                Roles.nearest(name, dataset.schema()));
    }

    private static IllegalArgumentException otherType(Held column, String asked) {
        return new IllegalArgumentException("Column '" + column.column.name() + "' of type "
                + column.column.type().text() + " was asked for as " + asked);
    }

    /** The values of a column, in the one array that its type fills. */
    private static final class Held {

        private final Column column;
        private final double[] numbers;
        private final long[] wholes;
        private final @Nullable String[] texts;
        private final BitSet missing = new BitSet();
        private final Map<String, String> shared = new HashMap<>();

        private Held(Column column, double[] numbers, long[] wholes, @Nullable String[] texts) {
            this.column = column;
            this.numbers = numbers;
            this.wholes = wholes;
            this.texts = texts;
        }

        static Held of(Column column, int rows) {
            return switch (column.type()) {
                case NUMBER, DECIMAL -> new Held(column, new double[rows], new long[0], new String[0]);
                case INTEGER, BOOLEAN, DATE, TIMESTAMP ->
                    new Held(column, new double[0], new long[rows], new String[0]);
                case STRING -> new Held(column, new double[0], new long[0], new String[rows]);
            };
        }

        void take(ColumnBatch batch, int index, int from) {
            switch (column.type()) {
                case NUMBER, DECIMAL -> batch.numbers(index, numbers, from);
                case INTEGER, BOOLEAN, DATE, TIMESTAMP -> batch.wholes(index, wholes, from);
                case STRING -> takeTexts(batch, index, from);
            }
            if (column.nullable()) {
                batch.missing(index, missing, from);
            }
        }

        /** Equal texts share one object while they are few. */
        private void takeTexts(ColumnBatch batch, int index, int from) {
            batch.texts(index, texts, from);
            for (var row = from; row < from + batch.rows() && shared.size() < SHARED_TEXTS_MAX; row++) {
                var text = texts[row];
                if (text != null) {
                    texts[row] = shared.computeIfAbsent(text, same -> same);
                }
            }
        }

        double[] numbers() {
            return numbers;
        }

        long[] wholes() {
            if (texts.length > 0 || numbers.length > 0) {
                throw otherType(this, "integers or flags");
            }
            return wholes;
        }

        @Nullable
        String[] texts() {
            if (wholes.length > 0 || numbers.length > 0) {
                throw otherType(this, "texts");
            }
            return texts;
        }

        double[] wholesAsNumbers() {
            var converted = new double[wholes.length];
            for (var row = 0; row < converted.length; row++) {
                converted[row] = missing.get(row) ? Double.NaN : wholes[row];
            }
            return converted;
        }
    }
}
