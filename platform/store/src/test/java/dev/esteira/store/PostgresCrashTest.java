package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.testing.PostgresServer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PostgresCrashTest {

    @Test
    void everythingAcknowledgedIsThereAfterTheServerWasKilled() throws Exception {
        try (var server = PostgresServer.durable()) {
            var address = PostgresAddress.parse(server.freshDatabase());
            try (var database = Database.postgres(address, Probes.CHAIN)) {
                database.start();
                var acknowledged = new HashSet<Long>();
                var writer = Thread.ofVirtual().start(() -> writeUntilItFails(database, acknowledged));
                while (database.figures().commits() < 50) {
                    Thread.sleep(5);
                }
                server.kill();
                writer.join();
                server.start();
                // The pool's connections died with the server; the next unit notices and connects again.
                var kept = database.read(tx -> Set.copyOf(tx.query("SELECT id FROM probe", row -> row.whole("id"))));
                assertThat(kept).containsAll(acknowledged);
                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(50);
            }
        }
    }

    private static void writeUntilItFails(Database database, Set<Long> acknowledged) {
        try {
            for (var id = 0L; ; id++) {
                database.write(Probes.insert(id));
                acknowledged.add(id);
            }
        } catch (EsteiraException e) {
            assertThat(e.code())
                    .isIn(
                            StoreErrorCode.DATABASE_UNREACHABLE,
                            StoreErrorCode.OUTCOME_UNKNOWN,
                            StoreErrorCode.DATABASE_FAILED);
        }
    }
}
