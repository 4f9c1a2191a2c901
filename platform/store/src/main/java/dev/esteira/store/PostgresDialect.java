package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL: a server, several nodes. */
final class PostgresDialect implements Dialect {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Set<String> REPEAT = Set.of("40001", "40P01");
    private static final Set<String> FULL = Set.of("53100", "53200");

    /** The server is starting, stopping, has too many connections, or the connection broke. */
    private static final Set<String> ABSENT = Set.of("57P01", "57P02", "57P03", "53300");

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public Map<String, String> types() {
        return Map.of(
                "blob",
                "BYTEA",
                "text",
                "TEXT COLLATE \"C\"",
                "identity",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "clustered",
                "");
    }

    @Override
    public String skipLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public String like(String expression) {
        return expression + " LIKE ? ESCAPE ''";
    }

    @Override
    public String likePattern(String pattern) {
        return pattern;
    }

    @Override
    public String likeAnyCase(String expression) {
        return expression + " ILIKE ? ESCAPE ''";
    }

    @Override
    public boolean uniqueViolation(SQLException error) {
        return UNIQUE_VIOLATION.equals(error.getSQLState());
    }

    @Override
    public boolean worthRepeating(SQLException error) {
        return REPEAT.contains(state(error)) || connectionLost(error);
    }

    @Override
    public EsteiraException explain(SQLException error) {
        var state = state(error);
        if (FULL.contains(state)) {
            return new EsteiraException(
                    StoreErrorCode.DISK_FULL,
                    "The database server has run out of disk or memory; nothing was changed.",
                    "Make room on the database server, then try again.",
                    error);
        }
        if (REPEAT.contains(state)) {
            return new EsteiraException(
                    StoreErrorCode.DATABASE_BUSY,
                    "Too many others changed the same rows at the same time.",
                    "Try again.",
                    error);
        }
        if (connectionLost(error) || state.startsWith("28") || state.startsWith("3D")) {
            return new EsteiraException(
                    StoreErrorCode.DATABASE_UNREACHABLE,
                    "The database server cannot be used: " + error.getMessage(),
                    "Check that it runs, and check address, user and password.",
                    error);
        }
        return SqliteDialect.failed(error);
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
                                + " ORDER BY tablename COLLATE \"C\"")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    static boolean connectionLost(SQLException error) {
        return state(error).startsWith("08") || ABSENT.contains(state(error));
    }

    private static String state(SQLException error) {
        return Optional.ofNullable(error.getSQLState()).orElse("");
    }
}
