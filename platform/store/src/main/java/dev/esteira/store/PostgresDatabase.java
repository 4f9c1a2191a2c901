package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A schema of a PostgreSQL database. Writing units are serializable, as on SQLite, and run again when the server finds
 * that they were not; reading ones see one snapshot and never fail for that.
 */
final class PostgresDatabase implements Database {

    private static final int ATTEMPTS_MAX = 12;
    private static final int PAUSE_MS_MAX = 250;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private final MigrationChain chain;
    private final String schema;
    private final PostgresConnections connections;
    private final PostgresDialect dialect = new PostgresDialect();
    private final ScopedValue<Boolean> inUnit = ScopedValue.newInstance();
    private final LongAdder commits = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private volatile State state = State.NEW;

    PostgresDatabase(PostgresAddress address, MigrationChain chain) {
        this.chain = chain;
        this.schema = "esteira_" + chain.name();
        this.connections = new PostgresConnections(address, schema);
    }

    @Override
    public synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("The database was started before");
        }
        try {
            var lease = connections.take();
            try (var statement = lease.connection().createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
                lease.connection().commit();
                new Migrations(chain, dialect).bring(lease.connection(), connections.source());
                lease.connection().rollback();
            } catch (SQLException | RuntimeException e) {
                connections.discard(lease);
                throw e;
            }
            connections.giveBack(lease);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
        state = State.RUNNING;
    }

    @Override
    public <T> T write(Unit<T> unit) {
        return repeating(unit, true);
    }

    @Override
    public <T> T read(Unit<T> unit) {
        return repeating(unit, false);
    }

    private <T> T repeating(Unit<T> unit, boolean writing) {
        if (inUnit.isBound()) {
            throw new IllegalStateException("A unit calls the database that runs it");
        }
        for (var attempt = 1; ; attempt++) {
            if (state != State.RUNNING) {
                throw SqliteDatabase.closed();
            }
            var pending = new Pending<>(unit);
            try {
                attempt(pending, writing);
                return pending.await();
            } catch (SQLException e) {
                if (attempt == ATTEMPTS_MAX || !dialect.worthRepeating(e)) {
                    failures.increment();
                    throw dialect.explain(e);
                }
                repeats.increment();
                pause(attempt);
            }
        }
    }

    private <T> void attempt(Pending<T> pending, boolean writing) throws SQLException {
        var lease = connections.take();
        var failed = true;
        try {
            lease.isolate(writing);
            run(pending, lease);
            commit(lease.connection(), writing);
            failed = false;
        } catch (SQLException | RuntimeException | Error e) {
            failed = !rollback(lease.connection(), e);
            if (!(e instanceof SQLException) && writing) {
                failures.increment();
            }
            throw e;
        } finally {
            if (failed) {
                connections.discard(lease);
            } else {
                connections.giveBack(lease);
            }
        }
        (writing ? commits : reads).increment();
        pending.succeed();
    }

    private <T> void run(Pending<T> pending, Lease lease) throws SQLException {
        var tx = new SqlTx(lease.connection(), lease.statements(), dialect);
        ScopedValue.where(inUnit, true).call(() -> {
            pending.run(tx);
            return true;
        });
    }

    private void commit(Connection connection, boolean writing) throws SQLException {
        if (!writing) {
            connection.rollback();
            return;
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            if (PostgresDialect.connectionLost(e)) {
                throw new EsteiraException(
                        StoreErrorCode.OUTCOME_UNKNOWN,
                        "The connection to the database broke while the change was written.",
                        "Look whether the change is there before trying again.",
                        e);
            }
            throw e;
        }
    }

    /** Whether the connection is good for another unit. */
    private static boolean rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            reason.addSuppressed(e);
            return false;
        }
    }

    /** Waits a little longer each time, and not as long as others that lost the same race. */
    private static void pause(int attempt) {
        var spread = Thread.currentThread().threadId() % 7;
        var millis = Math.min(PAUSE_MS_MAX, (1L << attempt) + spread);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_BUSY,
                    "The wait for others that change the same rows was interrupted; nothing was changed.",
                    "Try again.",
                    e);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public DatabaseFigures figures() {
        return new DatabaseFigures(commits.sum(), commits.sum(), failures.sum(), repeats.sum(), reads.sum());
    }

    @Override
    public synchronized void close() {
        state = State.CLOSED;
        connections.close();
    }
}
