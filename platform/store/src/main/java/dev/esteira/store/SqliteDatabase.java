package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.store.SqliteWriter.SqliteCounts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite file with one writing thread and a few reading ones. They are platform threads, because a call into SQLite
 * would hold a virtual thread's carrier; callers of any kind wait outside.
 */
final class SqliteDatabase implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

    private static final int READERS = 3;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private final Path file;
    private final MigrationChain chain;
    private final SqliteConnections connections;
    private final SqliteDialect dialect;
    private final SqliteCounts counts = new SqliteCounts();
    private final Lane writes = new Lane();
    private final Lane reads = new Lane();
    private final List<Thread> threads = new ArrayList<>();
    private volatile State state = State.NEW;

    SqliteDatabase(Path file, MigrationChain chain) {
        this.file = file;
        this.chain = chain;
        this.dialect = new SqliteDialect(file.toString());
        this.connections = new SqliteConnections(file);
    }

    @Override
    public synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("The database " + file.getFileName() + " was started before");
        }
        var opened = new ArrayList<Connection>();
        try {
            var writer = connections.openWriter();
            opened.add(writer);
            new Migrations(chain, dialect).bring(writer, connections.source());
            for (var number = 1; number <= READERS; number++) {
                opened.add(connections.openReader());
            }
        } catch (SQLException e) {
            opened.forEach(SqliteDatabase::closeQuietly);
            throw dialect.explain(e);
        } catch (RuntimeException e) {
            opened.forEach(SqliteDatabase::closeQuietly);
            throw e;
        }
        // Only now, so that a start that failed leaves no thread behind.
        start("writer", writerLoop(new SqliteWriter(opened.getFirst(), dialect, counts), opened.getFirst()));
        for (var number = 1; number <= READERS; number++) {
            start("reader-" + number, readerLoop(opened.get(number)));
        }
        state = State.RUNNING;
    }

    private void start(String role, Runnable loop) {
        threads.add(Thread.ofPlatform()
                .name("sqlite-" + chain.name() + "-" + role)
                .daemon()
                .start(loop));
    }

    private Runnable writerLoop(SqliteWriter writer, Connection connection) {
        return () -> {
            for (var unit = writes.take(); unit != null; unit = writes.ended() ? null : writes.take()) {
                writer.writeGroup(unit, writes::poll);
            }
            closeQuietly(connection);
        };
    }

    private Runnable readerLoop(Connection connection) {
        var statements = new StatementCache(connection);
        return () -> {
            for (var unit = reads.take(); unit != null; unit = reads.take()) {
                read(unit, connection, statements);
            }
            closeQuietly(connection);
        };
    }

    private void read(Pending<?> unit, Connection connection, StatementCache statements) {
        try {
            SqliteConnections.execute(connection, "BEGIN");
            try {
                unit.run(new SqlTx(connection, statements, dialect));
            } finally {
                SqliteConnections.execute(connection, "ROLLBACK");
            }
            counts.reads().increment();
            unit.succeed();
        } catch (SQLException e) {
            unit.fail(dialect.explain(e));
        } catch (RuntimeException | Error e) {
            unit.fail(e);
        }
    }

    @Override
    public <T> T write(Unit<T> unit) {
        return through(writes, unit);
    }

    @Override
    public <T> T read(Unit<T> unit) {
        return through(reads, unit);
    }

    private <T> T through(Lane lane, Unit<T> unit) {
        if (threads.contains(Thread.currentThread())) {
            throw new IllegalStateException("A unit calls the database that runs it");
        }
        if (state != State.RUNNING) {
            throw closed();
        }
        var pending = new Pending<>(unit);
        lane.add(pending);
        return pending.await();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public DatabaseFigures figures() {
        return new DatabaseFigures(
                counts.units().sum(),
                counts.commits().sum(),
                counts.failures().sum(),
                counts.repeats().sum(),
                counts.reads().sum());
    }

    /** How many units wait to be written. */
    int waitingWrites() {
        return writes.size();
    }

    @Override
    public synchronized void close() {
        if (state != State.RUNNING) {
            state = State.CLOSED;
            return;
        }
        state = State.CLOSED;
        // Readers first: the last connection to close empties the journal, and only the writer's may.
        reads.end(READERS);
        threads.subList(1, threads.size()).forEach(SqliteDatabase::join);
        reads.refuseRest();
        writes.end(1);
        join(threads.getFirst());
        writes.refuseRest();
    }

    private static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("A connection to the database could not be closed", e);
        }
    }

    static EsteiraException closed() {
        return new EsteiraException(
                StoreErrorCode.DATABASE_CLOSED,
                "The database is closed because the server is stopping; nothing was changed.",
                "Try again once the server runs.");
    }
}
