package dev.esteira.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens connections to a SQLite file that are durable, and proves that they are. */
final class SqliteConnections {

    private static final int BUSY_TIMEOUT_MS = 10_000;
    private static final int JOURNAL_BYTES_MAX = 64 << 20;
    private static final int CACHE_KIB = 16 << 10;

    private final SQLiteDataSource source;
    private final SQLiteDataSource readOnly;

    SqliteConnections(Path file) {
        source = source(file, false);
        readOnly = source(file, true);
    }

    /** For the migration library, which opens and closes its own connections. */
    DataSource source() {
        return source;
    }

    Connection openWriter() throws SQLException {
        return checked(source.getConnection());
    }

    Connection openReader() throws SQLException {
        return checked(readOnly.getConnection());
    }

    private static SQLiteDataSource source(Path file, boolean queryOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(JOURNAL_BYTES_MAX);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIB);
        config.enableFullSync(true);
        var source = new SQLiteDataSource(config) {
            @Override
            public java.sql.Connection getConnection() throws SQLException {
                var connection = super.getConnection();
                if (queryOnly) {
                    execute(connection, "PRAGMA query_only = ON");
                }
                return connection;
            }
        };
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Connection checked(Connection connection) throws SQLException {
        try {
            expect(connection, "PRAGMA journal_mode", "wal");
            expect(connection, "PRAGMA synchronous", "2");
            expect(connection, "PRAGMA foreign_keys", "1");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void expect(Connection connection, String pragma, String wanted) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(pragma)) {
            var actual = rows.next() ? rows.getString(1).toLowerCase(Locale.ROOT) : "nothing";
            if (!actual.equals(wanted)) {
                throw new SQLException(pragma + " is " + actual + " where it must be " + wanted
                        + "; a file system that cannot share memory, such as a network one, cannot hold the database");
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
