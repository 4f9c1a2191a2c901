package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes for everybody: takes the units that wait, runs each under a savepoint of one transaction, and answers all of
 * them after one commit. A unit that fails is rolled back alone. Used by the writer's thread only, but for the counts.
 */
final class SqliteWriter {

    /** How many units may share a commit; bounds how long the first of them waits. */
    @Limit(value = "Units of work that share one flush.", unit = "units")
    static final int GROUP_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

    private final Connection connection;
    private final Dialect dialect;
    private final StatementCache statements;
    private final SqliteCounts counts;
    private @Nullable EsteiraException broken;

    SqliteWriter(Connection connection, Dialect dialect, SqliteCounts counts) {
        this.connection = connection;
        this.dialect = dialect;
        this.counts = counts;
        this.statements = new StatementCache(connection);
    }

    /** What the writer and the readers count. */
    record SqliteCounts(LongAdder units, LongAdder commits, LongAdder failures, LongAdder repeats, LongAdder reads) {
        SqliteCounts() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    /**
     * Writes a unit and those that wait behind it.
     *
     * @param next the unit after the last one, null when none waits
     */
    void writeGroup(Pending<?> first, Supplier<@Nullable Pending<?>> next) {
        var again = new ArrayDeque<>(group(first, next));
        counts.repeats().add(again.size());
        // Each round answers at least one unit for good, so this ends.
        while (!again.isEmpty()) {
            var carried = group(again.remove(), again::poll);
            counts.repeats().add(carried.size());
            again.addAll(carried);
        }
    }

    /** Runs a group and returns the units that another unit's failure took along. */
    private List<Pending<?>> group(Pending<?> first, Supplier<@Nullable Pending<?>> next) {
        var done = new ArrayList<Pending<?>>();
        @Nullable Pending<?> current = first;
        try {
            ensureSound();
            execute("BEGIN IMMEDIATE");
            for (var count = 1; current != null; count++) {
                if (!runAlone(current, done)) {
                    return done;
                }
                current = count < GROUP_MAX ? next.get() : null;
            }
        } catch (SQLException | EsteiraException e) {
            var explained = e instanceof SQLException sql ? dialect.explain(sql) : (EsteiraException) e;
            abandon(done, explained);
            if (current != null) {
                abandon(List.of(current), explained);
            }
            rollback();
            return List.of();
        }
        commit(done);
        return List.of();
    }

    /**
     * Runs one unit under its savepoint.
     *
     * @return false when its failure took the whole transaction along
     */
    private boolean runAlone(Pending<?> unit, List<Pending<?>> done) throws SQLException {
        execute("SAVEPOINT unit");
        Throwable failure;
        try {
            unit.run(new SqlTx(connection, statements, dialect));
            execute("RELEASE unit");
            done.add(unit);
            return true;
        } catch (SQLException e) {
            failure = dialect.explain(e);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        counts.failures().increment();
        var alone = rollbackUnit();
        unit.fail(failure);
        return alone;
    }

    private boolean rollbackUnit() {
        try {
            execute("ROLLBACK TO unit");
            execute("RELEASE unit");
            return true;
        } catch (SQLException e) {
            LOG.debug("A unit's failure ended the whole transaction; the others run again", e);
            rollback();
            return false;
        }
    }

    private void commit(List<Pending<?>> done) {
        try {
            execute("COMMIT");
        } catch (SQLException e) {
            var explained = SqliteDialect.ioError(e) ? unknown(e) : dialect.explain(e);
            rollback();
            abandon(done, explained);
            return;
        }
        counts.commits().increment();
        counts.units().add(done.size());
        done.forEach(Pending::succeed);
    }

    /** After a failed flush nobody knows what the disk holds, and a later flush may lie: only a fresh start can tell. */
    private EsteiraException unknown(SQLException error) {
        broken = new EsteiraException(
                StoreErrorCode.DATABASE_CLOSED,
                "The disk failed under an earlier change; no change is accepted until a restart.",
                "Check the disk, then start the server again.",
                error);
        return new EsteiraException(
                StoreErrorCode.OUTCOME_UNKNOWN,
                "The disk failed while the change was written: " + error.getMessage(),
                "Check the disk, start the server again, and look whether the change is there.",
                error);
    }

    private void ensureSound() {
        if (broken != null) {
            throw broken;
        }
    }

    private void abandon(List<Pending<?>> units, EsteiraException error) {
        counts.failures().add(units.size());
        units.forEach(unit -> unit.fail(error));
    }

    private void execute(String sql) throws SQLException {
        statements.use(sql, PreparedStatement::execute);
    }

    private void rollback() {
        try {
            SqliteConnections.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has ended the transaction itself then, which is what was wanted.
            LOG.debug("There was no transaction to roll back", e);
        }
    }
}
