package dev.esteira.store;

import dev.esteira.testing.PostgresServer;
import java.nio.file.Path;

/** The databases on which every store must behave the same; a test takes it as an enum parameter. */
public enum DatabaseKind {
    SQLITE,
    POSTGRES;

    /**
     * An empty database with the tables of the chain, started; the caller closes it.
     *
     * @param folder an empty one of the test's own
     */
    public Database open(Path folder, MigrationChain chain) {
        var database = switch (this) {
            case SQLITE -> Database.sqlite(folder.resolve(chain.name() + ".db"), chain);
            case POSTGRES ->
                Database.postgres(PostgresAddress.parse(PostgresServer.shared().freshDatabase()), chain);
        };
        database.start();
        return database;
    }
}
