package dev.esteira.store;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection of PostgreSQL with the statements that were prepared on it, in the hands of one unit at a time. */
final class Lease {

    private enum Mode {
        FRESH,
        READING,
        WRITING
    }

    private final Connection connection;
    private final StatementCache statements;
    private Mode mode = Mode.FRESH;

    Lease(Connection connection) {
        this.connection = connection;
        this.statements = new StatementCache(connection);
    }

    Connection connection() {
        return connection;
    }

    StatementCache statements() {
        return statements;
    }

    /** Sets the isolation of the next transaction; costs a round trip, so only when it differs from the last one's. */
    void isolate(boolean writing) throws SQLException {
        var wanted = writing ? Mode.WRITING : Mode.READING;
        if (mode != wanted) {
            connection.setReadOnly(!writing);
            connection.setTransactionIsolation(
                    writing ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
            mode = wanted;
        }
    }
}
