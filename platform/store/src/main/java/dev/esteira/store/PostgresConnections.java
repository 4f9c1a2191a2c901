package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections to one schema of a PostgreSQL database, handed out to one unit at a time. Thread-safe. The last one
 * given back is the first one taken, so that what is not needed stays idle and is closed by the server or here.
 */
final class PostgresConnections {

    @Limit(value = "Connections to one PostgreSQL database.", unit = "connections")
    static final int CONNECTIONS_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);
    private static final long WAIT_S = 30;
    private static final int CONNECT_TIMEOUT_S = 10;

    private final PGSimpleDataSource source;
    private final Semaphore permits = new Semaphore(CONNECTIONS_MAX, true);
    private final ConcurrentLinkedDeque<Lease> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    PostgresConnections(PostgresAddress address, String schema) {
        source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setCurrentSchema(schema);
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setTcpKeepAlive(true);
        source.setApplicationName("esteira");
        // Statements are kept by text here; the driver's own cache would keep them twice.
        source.setPreparedStatementCacheQueries(0);
    }

    /** For the migration library, which opens and closes its own connections. */
    DataSource source() {
        return source;
    }

    /** A connection of its own for one unit. */
    Lease take() throws SQLException {
        try {
            if (!permits.tryAcquire(WAIT_S, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_BUSY,
                    "The wait for a connection to the database was interrupted; nothing was changed.",
                    "Try again.",
                    e);
        }
        var lease = idle.pollFirst();
        try {
            return lease == null ? open() : lease;
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    /** Gives a connection back for the next unit. */
    void giveBack(Lease lease) {
        if (closed) {
            close(lease);
        } else {
            idle.addFirst(lease);
        }
        permits.release();
    }

    /** Gives up a connection that failed, and those that idle, which probably failed with it. */
    void discard(Lease lease) {
        close(lease);
        closeIdle();
        permits.release();
    }

    void close() {
        closed = true;
        permits.acquireUninterruptibly(CONNECTIONS_MAX);
        closeIdle();
        permits.release(CONNECTIONS_MAX);
    }

    private void closeIdle() {
        for (var lease = idle.pollFirst(); lease != null; lease = idle.pollFirst()) {
            close(lease);
        }
    }

    private Lease open() throws SQLException {
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            // Acknowledged means on disk, whatever the role's default is.
            statement.execute("SET synchronous_commit = on");
            connection.setAutoCommit(false);
            return new Lease(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void close(Lease lease) {
        try {
            lease.connection().close();
        } catch (SQLException e) {
            LOG.warn("A connection to the database could not be closed", e);
        }
    }

    private static EsteiraException busy() {
        return new EsteiraException(
                StoreErrorCode.DATABASE_BUSY,
                "All " + CONNECTIONS_MAX + " connections to the database were in use for " + WAIT_S + " s.",
                "Send less at once, or try again later.");
    }
}
