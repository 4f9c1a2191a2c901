package dev.esteira.pipeline;

import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import dev.esteira.store.PostgresAddress;
import dev.esteira.testing.PostgresServer;
import java.nio.file.Path;

class PostgresEngineTest extends EngineContract {

    private final PostgresAddress address =
            PostgresAddress.parse(PostgresServer.shared().freshDatabase());

    @Override
    Database database(Path directory) {
        return Database.postgres(address, MigrationChain.MAIN);
    }
}
