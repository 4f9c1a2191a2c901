package dev.esteira.dataset;

import dev.esteira.dataset.DataEngine.Opening;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A session of the data engine with tables of its own, which are gone when it is closed. Statements run one after
 * another in a thread of the session, so that a caller may be a virtual thread; interrupting the caller ends the
 * statement. Values reach a statement as parameters {@code ?} or {@code $1}, never as text. Thread-safe.
 *
 * <p>Errors of the engine become {@link EsteiraException}s: SQL_MALFORMED, SQL_FORBIDDEN, SQL_FAILED,
 * DATA_MEMORY_EXCEEDED, DATA_DISK_FULL, DATA_ENGINE_FAILED.
 */
public final class DataSession implements AutoCloseable {

    @Limit(value = "Statements of one session that wait.", unit = "statements")
    private static final int WAITING_MAX = 64;

    private static final long CANCEL_AGAIN_MILLIS = 20;

    private final ThreadPoolExecutor worker;
    private final Optional<Path> directory;
    private final int threads;
    private volatile boolean cancelled;
    private volatile @Nullable PreparedStatement running;
    private @Nullable DuckDBConnection connection;

    private DataSession(Optional<Path> directory, int threads) {
        this.directory = directory;
        this.threads = threads;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name("data-session").factory());
    }

    static DataSession start(Opening opening) throws InterruptedException {
        return started(opening.directory(), opening.threads(), () -> opened(opening));
    }

    private static DataSession started(Optional<Path> directory, int threads, Callable<DuckDBConnection> opening)
            throws InterruptedException {
        var session = new DataSession(directory, threads);
        try {
            session.await(session.worker.submit(() -> {
                session.connection = opening.call();
                return true;
            }));
            return session;
        } catch (InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * A session on the same tables and threads, but for temporary ones, whose statements run beside those of this one.
     * Close it before this one.
     */
    public DataSession beside() throws InterruptedException {
        return started(directory, threads, () -> connected(DuckDBConnection::duplicate));
    }

    /** The folder below which the session may write; one on tables without rows has none. */
    public Path directory() {
        return directory.orElseThrow();
    }

    /** The threads that the session may use. */
    public int threads() {
        return threads;
    }

    /**
     * Runs a statement.
     *
     * @return the rows that it wrote or changed, 0 where that has no meaning
     * @throws InterruptedException when the caller was interrupted; the statement has ended then
     */
    public long execute(String sql, Value... parameters) throws InterruptedException {
        return execute(sql, List.of(parameters));
    }

    /** The same with the parameters in a list. */
    public long execute(String sql, List<Value> parameters) throws InterruptedException {
        return with(sql, parameters, DuckDBPreparedStatement::executeLargeUpdate);
    }

    /**
     * All rows of a query, each made by the reader; meant for small results.
     *
     * @throws InterruptedException when the caller was interrupted; the statement has ended then
     */
    public <R> List<R> rows(String sql, List<Value> parameters, RowReader<R> reader) throws InterruptedException {
        return with(sql, parameters, statement -> {
            try (var results = statement.executeQuery()) {
                var rows = new ArrayList<R>();
                while (results.next()) {
                    rows.add(reader.read(results));
                }
                return rows;
            }
        });
    }

    /** The one row of a query that always has one, such as an aggregate. */
    public <R> R row(String sql, List<Value> parameters, RowReader<R> reader) throws InterruptedException {
        return rows(sql, parameters, reader).getFirst();
    }

    /**
     * Hands the rows of a query over in batches, in the query's order and in bounded memory.
     *
     * @param taker runs in the session's thread and must not use the session; a batch is valid during the call alone
     * @return the number of rows
     * @throws InterruptedException when the caller was interrupted; the statement has ended then
     */
    public long batches(String sql, List<Value> parameters, BatchTaker taker) throws InterruptedException {
        return with(sql, parameters, statement -> {
            var rows = 0L;
            try (var results = statement.query()) {
                while (!cancelled && results.nextChunk()) {
                    var chunk = results.chunk();
                    taker.take(new ColumnBatch(chunk));
                    rows += chunk.rowCount();
                }
            }
            return rows;
        });
    }

    /**
     * Makes a table of numbers with a row per place: its number {@code i} from 0, and columns {@code c0}, {@code c1} and
     * so on. NaN stands for a missing value.
     *
     * @param columns all of the same length
     */
    public void create(String table, List<double[]> columns) throws InterruptedException {
        var definition = IntStream.range(0, columns.size())
                .mapToObj(index -> ", c" + index + " DOUBLE")
                .collect(Collectors.joining("", "(i BIGINT", ")"));
        execute("CREATE TABLE " + DataEngine.quoted(table) + definition);
        connected(open -> {
            try (var appender = open.createAppender(table)) {
                for (var row = 0; row < columns.getFirst().length && !cancelled; row++) {
                    append(appender, row, columns);
                }
            }
            return true;
        });
    }

    private static void append(DuckDBAppender appender, int row, List<double[]> columns) throws SQLException {
        appender.beginRow().append((long) row);
        for (var column : columns) {
            if (Double.isNaN(column[row])) {
                appender.appendNull();
            } else {
                appender.append(column[row]);
            }
        }
        appender.endRow();
    }

    /**
     * The columns that a query has, with their types in the engine's words; nothing runs.
     *
     * @throws EsteiraException SQL_MALFORMED when it cannot be read
     */
    public List<EngineColumn> describe(String query, List<Value> parameters) throws InterruptedException {
        return rows(
                "DESCRIBE " + query,
                parameters,
                results -> new EngineColumn(results.getString(1), results.getString(2)));
    }

    /**
     * Refuses an SQL text of somebody else that is anything but one query: it may then stand inside another statement.
     *
     * @throws EsteiraException SQL_MALFORMED or SQL_FORBIDDEN
     */
    public void requireQuery(String sql) throws InterruptedException {
        var answer = row("SELECT json_serialize_sql(?)", List.of(Value.of(sql)), results -> results.getString(1));
        QueryCheck.require(sql, answer);
    }

    /** Ends the session and drops what it holds; no error when closed already. Statements that still run are ended. */
    @Override
    public void close() {
        cancelled = true;
        cancelRunning();
        synchronized (worker) {
            if (!worker.isShutdown()) {
                worker.execute(this::disconnect);
                worker.shutdown();
            }
        }
        var interrupted = false;
        while (true) {
            try {
                if (worker.awaitTermination(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                cancelRunning();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowReader<R> {
        /** Reads by position, from 1. */
        R read(ResultSet row) throws SQLException;
    }

    /** Takes a batch of rows. */
    @FunctionalInterface
    public interface BatchTaker {
        /** Looks at the rows of a batch. */
        void take(ColumnBatch batch);
    }

    /** A column of a query with its type in the engine's words, e.g. {@code DECIMAL(10,2)}. */
    public record EngineColumn(String name, String type) {}

    private interface Use<T> {
        T of(DuckDBPreparedStatement statement) throws SQLException;
    }

    private interface Work<T> {
        T on(DuckDBConnection open) throws SQLException;
    }

    private <T> T with(String sql, List<Value> parameters, Use<T> use) throws InterruptedException {
        return connected(open -> {
            try (var statement = open.prepare(sql)) {
                running = statement;
                for (var index = 0; index < parameters.size(); index++) {
                    statement.setObject(index + 1, plain(parameters.get(index)));
                }
                return use.of(statement);
            } finally {
                running = null;
            }
        });
    }

    private <T> T connected(Work<T> work) throws InterruptedException {
        return await(submitted(() -> {
            var open = connection;
            if (open == null || cancelled) {
                throw new CancellationException();
            }
            try {
                var result = work.on(open);
                if (cancelled) {
                    throw new CancellationException();
                }
                return result;
            } catch (SQLException e) {
                throw cancelled ? new CancellationException() : EngineErrors.translate(e);
            }
        }));
    }

    private <T> Future<T> submitted(Callable<T> work) {
        try {
            return worker.submit(work);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The data session is closed, or too many wait for it", e);
        }
    }

    private <T> T await(Future<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            cancelled = true;
            endOf(result);
            throw e;
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    /** Ends the running statement and waits for its end; the engine answers within milliseconds. */
    private void endOf(Future<?> result) {
        while (!result.isDone()) {
            cancelRunning();
            try {
                result.get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | InterruptedException | ExecutionException e) {
                // Whether it is done is what the loop asks; the caller reports the interruption already.
                cancelled = true;
            }
        }
    }

    private static RuntimeException rethrown(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case CancellationException ended -> throw new InterruptedException("The data session has ended");
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default ->
                new EsteiraException(
                        DatasetErrorCode.DATA_ENGINE_FAILED,
                        "The data engine failed.",
                        "Report it with the log.",
                        e.getCause());
        };
    }

    private void cancelRunning() {
        var statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It has ended in between, which is what was wanted.
                running = null;
            }
        }
    }

    private static DuckDBConnection opened(Opening opening) {
        var properties = new Properties();
        properties.setProperty("memory_limit", opening.memoryBytes() + "B");
        properties.setProperty("threads", Integer.toString(opening.threads()));
        properties.setProperty(
                "temp_directory",
                opening.directory()
                        .map(folder -> folder.resolve("spill").toString())
                        .orElse(""));
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("preserve_insertion_order", "true");
        try {
            var opened = DuckDBConnection.newConnection("jdbc:duckdb:", false, properties);
            try (var statement = opened.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute("SET allowed_paths = " + paths(opening.readable()));
                statement.execute("SET allowed_directories = "
                        + paths(opening.directory().stream().toList()));
                statement.execute("SET enable_external_access = false");
                statement.execute("SET lock_configuration = true");
            }
            return opened;
        } catch (Exception | LinkageError e) {
            throw new EsteiraException(
                    DatasetErrorCode.DATA_ENGINE_FAILED,
                    "The data engine does not start: " + EngineErrors.firstLine(String.valueOf(e.getMessage())),
                    "Check that the temporary folder is writable and allows programs, and that there is memory.",
                    e);
        }
    }

    private static String paths(Collection<Path> paths) {
        return paths.stream()
                .map(path -> DataEngine.literal(path.toAbsolutePath().toString()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void disconnect() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw EngineErrors.translate(e);
            }
        }
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Whole(var whole) -> whole;
            case Value.Real(var real) -> real;
            case Value.Flag(var flag) -> flag;
            case Value.Nothing nothing -> null;
            case Value.Sequence sequence -> throw notScalar(value);
            case Value.Fields fields -> throw notScalar(value);
        };
    }

    private static EsteiraException notScalar(Value value) {
        return new EsteiraException(
                DatasetErrorCode.SQL_PARAMETER_UNKNOWN,
                "A parameter of a query is " + value.kindName() + ".",
                "Bind a text, a number, true, false or nothing.");
    }
}
