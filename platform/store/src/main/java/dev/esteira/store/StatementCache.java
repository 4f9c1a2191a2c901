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

    PreparedStatement take(String sql) throws SQLException {
        var statement = idle.remove(sql);
        return statement == null ? connection.prepareStatement(sql) : statement;
    }

    void giveBack(String sql, PreparedStatement statement) throws SQLException {
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
}
