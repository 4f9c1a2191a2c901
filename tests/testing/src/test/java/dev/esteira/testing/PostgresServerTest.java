package dev.esteira.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    @Test
    void everyDatabaseIsFresh() throws SQLException {
        for (var round = 0; round < 2; round++) {
            try (var connection = connect(PostgresServer.shared().freshDatabase());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE thing (id BIGINT)");
                assertThat(statement.executeUpdate("INSERT INTO thing VALUES (1)"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void keepsWhatWasCommittedWhenItIsKilled() throws SQLException {
        try (var server = PostgresServer.durable()) {
            var address = server.freshDatabase();
            try (var connection = connect(address);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE thing (id BIGINT)");
            }
            server.kill();
            server.start();
            try (var connection = connect(address);
                    var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("INSERT INTO thing VALUES (1)"))
                        .isEqualTo(1);
            }
        }
    }

    private static Connection connect(String address) throws SQLException {
        return DriverManager.getConnection("jdbc:" + address.replace("esteira@", "") + "?user=esteira");
    }
}
