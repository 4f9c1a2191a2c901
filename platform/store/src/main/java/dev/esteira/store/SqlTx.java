package dev.esteira.store;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which a {@link Unit} runs, with helpers for rows. Arguments may be texts, whole numbers, doubles,
 * booleans (stored as 0 or 1), bytes, instants (stored as microseconds), digests (hexadecimal digits), workspace names,
 * enum constants (their name), null, and Optionals of these. Statements are prepared once per connection, so write
 * values as arguments and not into the text. Not thread-safe; valid only while its unit runs.
 *
 * <p>A statement that violates a constraint ends the transaction on PostgreSQL: ask with {@code ON CONFLICT DO NOTHING}
 * and look at the count, rather than catching the error.
 */
public final class SqlTx implements Tx {

    @Limit(value = "Rows of one statement that writes many.", unit = "rows")
    private static final int BATCH_ROWS_MAX = 10_000;

    private final Connection connection;
    private final StatementCache statements;
    private final Dialect dialect;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean open = true;

    SqlTx(Connection connection, StatementCache statements, Dialect dialect) {
        this.connection = connection;
        this.statements = statements;
        this.dialect = dialect;
    }

    /**
     * The transaction behind the opaque one.
     *
     * @throws IllegalArgumentException when it is of another store
     */
    public static SqlTx of(Tx tx) {
        if (tx instanceof SqlTx sql) {
            return sql;
        }
        throw new IllegalArgumentException("Not a transaction of this store: " + tx);
    }

    /**
     * Runs a unit inside an opaque transaction, for callers whose signature has no SQLException; the database that runs
     * the whole sees the error as if it had been thrown.
     */
    public static <T> T within(Tx tx, Unit<T> unit) {
        try {
            return unit.in(of(tx));
        } catch (SQLException e) {
            throw new CarriedSqlException(e);
        }
    }

    /** What differs between the databases. */
    public Dialect dialect() {
        return dialect;
    }

    /** The connection, for what the helpers lack; neither commit nor close it. */
    public Connection connection() {
        ensureOpen();
        return connection;
    }

    /**
     * Has something done after the transaction has reached the disk, in the thread that called the database; not at all
     * when it is rolled back. For wake-ups: it may get lost in a crash.
     */
    public void afterCommit(Runnable wakeUp) {
        ensureOpen();
        afterCommit.add(wakeUp);
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        var rows = new ArrayList<T>();
        forEach(sql, row -> rows.add(mapper.map(row)), arguments);
        return rows;
    }

    /** The first row of a query, empty when there is none. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        ensureOpen();
        return statements.use(sql, statement -> {
            bind(statement, arguments);
            try (var results = statement.executeQuery()) {
                return results.next() ? Optional.of(mapper.map(new Row(results))) : Optional.empty();
            }
        });
    }

    /** Whether a query has a row. */
    public boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
        return first(sql, row -> true, arguments).orElse(false);
    }

    /** The whole number in the first column of the first row, e.g. a count or an {@code INSERT … RETURNING}. */
    public long whole(String sql, @Nullable Object... arguments) throws SQLException {
        return first(sql, row -> row.results().getLong(1), arguments)
                .orElseThrow(() -> new SQLException("No row from: " + sql));
    }

    /** Shows every row to the visitor without keeping them. */
    public void forEach(String sql, RowVisitor visitor, @Nullable Object... arguments) throws SQLException {
        ensureOpen();
        statements.use(sql, statement -> {
            bind(statement, arguments);
            try (var results = statement.executeQuery()) {
                var row = new Row(results);
                while (results.next()) {
                    visitor.visit(row);
                }
            }
            return true;
        });
    }

    /** Changes rows and says how many. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        ensureOpen();
        return statements.use(sql, statement -> {
            bind(statement, arguments);
            return statement.executeUpdate();
        });
    }

    /** Runs one statement for each row of arguments and says how many rows were changed in all. */
    public long batch(String sql, Iterable<@Nullable Object[]> rows) throws SQLException {
        ensureOpen();
        return statements.use(sql, statement -> {
            var pending = 0;
            var changed = 0L;
            for (var row : rows) {
                bind(statement, row);
                statement.addBatch();
                if (++pending == BATCH_ROWS_MAX) {
                    changed += flush(statement);
                    pending = 0;
                }
            }
            return pending > 0 ? changed + flush(statement) : changed;
        });
    }

    /** Ends the use of this transaction and says what is to be done once it is on disk. */
    List<Runnable> finish() {
        open = false;
        return List.copyOf(afterCommit);
    }

    private static long flush(PreparedStatement statement) throws SQLException {
        var changed = 0L;
        for (var count : statement.executeBatch()) {
            changed += Math.max(0, count);
        }
        return changed;
    }

    private void ensureOpen() {
        if (!open) {
            throw new IllegalStateException("This transaction has ended; use it only inside its unit");
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (var index = 0; index < arguments.length; index++) {
            bind(statement, index + 1, arguments[index]);
        }
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object argument) throws SQLException {
        switch (argument) {
            case null -> statement.setNull(position, Types.NULL);
            case String text -> statement.setString(position, text);
            case Long whole -> statement.setLong(position, whole);
            case Integer whole -> statement.setLong(position, whole);
            case Double number -> statement.setDouble(position, number);
            case Boolean flag -> statement.setInt(position, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(position, bytes);
            case Instant instant -> statement.setLong(position, Row.micros(instant));
            case Digest digest -> statement.setString(position, digest.hex());
            case WorkspaceName workspace -> statement.setString(position, workspace.value());
            case Enum<?> constant -> statement.setString(position, constant.name());
            case Optional<?> optional -> bind(statement, position, optional.orElse(null));
            default -> throw new IllegalArgumentException("No column type for " + argument.getClass());
        }
    }
}
