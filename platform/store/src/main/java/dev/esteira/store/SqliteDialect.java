package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/** SQLite: a file, one writer at a time. */
final class SqliteDialect implements Dialect {

    private static final int PRIMARY_CODE_BITS = 0xFF;

    private final String file;

    /** @param file for messages */
    SqliteDialect(String file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public Map<String, String> types() {
        return Map.of(
                "blob",
                "BLOB",
                "text",
                "TEXT",
                "identity",
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "clustered",
                "WITHOUT ROWID");
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public String like(String expression) {
        return expression + " GLOB ?";
    }

    /** SQLite's LIKE ignores the case of ASCII letters, its GLOB does not. */
    @Override
    public String likePattern(String pattern) {
        var glob = new StringBuilder();
        for (var index = 0; index < pattern.length(); index++) {
            var character = pattern.charAt(index);
            switch (character) {
                case '%' -> glob.append('*');
                case '_' -> glob.append('?');
                case '*', '?', '[' -> glob.append('[').append(character).append(']');
                default -> glob.append(character);
            }
        }
        return glob.toString();
    }

    @Override
    public String likeAnyCase(String expression) {
        return expression + " LIKE ?";
    }

    @Override
    public boolean uniqueViolation(SQLException error) {
        var code = error.getErrorCode();
        return extended(error, SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE)
                || extended(error, SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY)
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE.code
                || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY.code;
    }

    @Override
    public boolean worthRepeating(SQLException error) {
        return false;
    }

    @Override
    public EsteiraException explain(SQLException error) {
        var code = SQLiteErrorCode.getErrorCode(error.getErrorCode() & PRIMARY_CODE_BITS);
        return switch (code) {
            case SQLITE_FULL ->
                new EsteiraException(
                        StoreErrorCode.DISK_FULL,
                        "The disk of the database " + file + " is full; nothing was changed.",
                        "Make room on that disk, then try again.",
                        error);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new EsteiraException(
                        StoreErrorCode.DATABASE_BUSY,
                        "Another process keeps the database file " + file + " locked.",
                        "Close the program that has the file open, then try again.",
                        error);
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                new EsteiraException(
                        StoreErrorCode.DATABASE_DAMAGED,
                        "The database file " + file + " is damaged or is no SQLite database.",
                        "Restore it from a backup, or name another data directory.",
                        error);
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                new EsteiraException(
                        StoreErrorCode.DATABASE_UNREACHABLE,
                        "The database file " + file + " cannot be opened for writing.",
                        "Let the user who runs Esteira own the data directory.",
                        error);
            default -> failed(error);
        };
    }

    static EsteiraException failed(SQLException error) {
        return new EsteiraException(
                StoreErrorCode.DATABASE_FAILED,
                "The database refused a statement: " + error.getMessage(),
                "Report it with the log; nothing was changed.",
                error);
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'"
                        + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    static boolean ioError(SQLException error) {
        return (error.getErrorCode() & PRIMARY_CODE_BITS) == SQLiteErrorCode.SQLITE_IOERR.code;
    }

    private static boolean extended(SQLException error, SQLiteErrorCode code) {
        return error instanceof org.sqlite.SQLiteException sqlite && sqlite.getResultCode() == code;
    }
}
