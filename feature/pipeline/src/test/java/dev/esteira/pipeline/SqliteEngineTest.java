package dev.esteira.pipeline;

import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import java.nio.file.Path;

class SqliteEngineTest extends EngineContract {

    @Override
    Database database(Path directory) {
        return Database.sqlite(directory.resolve("main.db"), MigrationChain.MAIN);
    }
}
