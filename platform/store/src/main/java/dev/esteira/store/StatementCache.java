package dev.esteira.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prepared statements of one connection by their text. A statement is out of the cache while it is used, so the same
 * text may be used inside itself. Used by the thread that has the connection.
 */
final class StatementCache {

    private static final int STATEMENTS_MAX = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(64, 0.75f, true);

    StatementCache(Connection connection) {
        this.connection = connection;
    }

    /** What is done with a statement. */
    @FunctionalInterface
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Uses the statement of a text. One that failed is not used again: the driver may have closed it. */
    <T> T use(String sql, Use<T> use) throws SQLException {
        var cached = idle.remove(sql);
        var statement = cached == null ? connection.prepareStatement(sql) : cached;
        T result;
        try {
            result = use.of(statement);
        } catch (SQLException | RuntimeException | Error e) {
            close(statement, e);
            throw e;
        }
        giveBack(sql, statement);
        return result;
    }

    private void giveBack(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        var replaced = idle.put(sql, statement);
        if (replaced != null) {
            replaced.close();
        }
        if (idle.size() > STATEMENTS_MAX) {
            var oldest = idle.entrySet().iterator();
            var evicted = oldest.next().getValue();
            oldest.remove();
            evicted.close();
        }
    }

    private static void close(PreparedStatement statement, Throwable reason) {
        try {
            statement.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
