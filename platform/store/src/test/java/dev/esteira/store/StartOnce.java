package dev.esteira.store;

import java.nio.file.Path;

/** A process that opens a database and ends. */
final class StartOnce {

    private StartOnce() {}

    public static void main(String[] arguments) {
        try (var database = Database.sqlite(Path.of(arguments[0]), Probes.CHAIN)) {
            database.start();
            System.out.println(Probes.count(database));
        }
    }
}
