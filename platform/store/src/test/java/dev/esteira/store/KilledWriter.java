package dev.esteira.store;

import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A process that writes with several threads and prints every id once it was acknowledged, until it is killed. */
final class KilledWriter {

    private static final int THREADS = 4;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        var database = Database.sqlite(Path.of(arguments[0]), Probes.CHAIN);
        database.start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thread = 0; thread < THREADS; thread++) {
                var first = thread;
                threads.execute(() -> {
                    for (var id = (long) first; ; id += THREADS) {
                        database.write(Probes.insert(id));
                        System.out.println(id);
                    }
                });
            }
        }
    }
}
