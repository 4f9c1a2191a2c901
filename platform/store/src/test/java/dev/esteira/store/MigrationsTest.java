package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final MigrationChain NEWER = new MigrationChain("probenewer");

    @TempDir
    private Path folder;

    @Test
    void knowsTheScriptsOfEveryModule() {
        assertThat(new Migrations(NEWER, new SqliteDialect("main.db")).known()).containsExactly(1, 3);
        assertThat(new Migrations(MigrationChain.MAIN, new SqliteDialect("main.db")).known())
                .contains(1);
    }

    @Test
    void bringsAnOlderDatabaseUpToDateAndKeepsItsRows() {
        run(Probes.CHAIN, database -> database.write(Probes.insert(7)));
        run(NEWER, database -> {
            assertThat(Probes.count(database)).isEqualTo(1);
            database.change(tx -> tx.update("INSERT INTO later VALUES (1)"));
        });
        run(NEWER, database -> assertThat(Probes.count(database)).isEqualTo(1));
    }

    @Test
    void refusesADatabaseOfANewerVersion() {
        run(NEWER, database -> database.write(Probes.insert(7)));
        assertThatThrownBy(() -> run(Probes.CHAIN, Probes::count)).satisfies(is(StoreErrorCode.DATABASE_NEWER));
    }

    @Test
    void refusesTablesOfSomebodyElse() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (id INTEGER)");
        }
        assertThatThrownBy(() -> run(Probes.CHAIN, Probes::count))
                .satisfies(is(StoreErrorCode.DATABASE_FOREIGN))
                .hasMessageContaining("'theirs'");
    }

    @Test
    void refusesTablesOfSomebodyElseOnPostgres() {
        var address = PostgresServer.shared().freshDatabase();
        try (var database = Database.postgres(PostgresAddress.parse(address), NEWER)) {
            database.start();
            database.change(tx -> {
                tx.update("CREATE SCHEMA esteira_probe");
                tx.update("CREATE TABLE esteira_probe.theirs (id BIGINT)");
            });
        }
        try (var database = Database.postgres(PostgresAddress.parse(address), Probes.CHAIN)) {
            assertThatThrownBy(database::start).satisfies(is(StoreErrorCode.DATABASE_FOREIGN));
        }
    }

    @Test
    void twoChainsShareOnePostgresDatabase() {
        var address = PostgresAddress.parse(PostgresServer.shared().freshDatabase());
        try (var probe = Database.postgres(address, Probes.CHAIN);
                var newer = Database.postgres(address, NEWER)) {
            probe.start();
            newer.start();
            probe.write(Probes.insert(1));
            assertThat(Probes.count(newer)).isZero();
        }
        try (var probe = Database.postgres(address, Probes.CHAIN)) {
            probe.start();
            assertThat(Probes.count(probe)).isEqualTo(1);
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(file(), "This is a text that is long enough to be looked at, and no database.".repeat(20));
        assertThatThrownBy(() -> run(Probes.CHAIN, Probes::count)).satisfies(is(StoreErrorCode.DATABASE_DAMAGED));
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        var database = Database.sqlite(folder.resolve("nowhere/probe.db"), Probes.CHAIN);
        assertThatThrownBy(database::start).satisfies(is(StoreErrorCode.DATABASE_UNREACHABLE));
    }

    @Test
    void saysThatAServerDoesNotAnswer() {
        var address = PostgresAddress.parse("postgresql://esteira:secret@127.0.0.1:1/nowhere");
        assertThat(address.toString()).doesNotContain("secret");
        try (var database = Database.postgres(address, Probes.CHAIN)) {
            assertThatThrownBy(database::start).satisfies(is(StoreErrorCode.DATABASE_UNREACHABLE));
        }
    }

    private Path file() {
        return folder.resolve("probe.db");
    }

    private void run(MigrationChain chain, Use use) {
        try (var database = Database.sqlite(file(), chain)) {
            database.start();
            use.on(database);
        }
    }

    @FunctionalInterface
    private interface Use {
        void on(Database database);
    }

    private static java.util.function.Consumer<Throwable> is(StoreErrorCode code) {
        return error -> assertThat(((EsteiraException) error).code()).isEqualTo(code);
    }
}
