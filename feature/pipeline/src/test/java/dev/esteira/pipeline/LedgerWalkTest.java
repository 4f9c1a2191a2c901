package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import dev.esteira.store.PostgresAddress;
import dev.esteira.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random walks over everything that may happen to a run. {@code -Desteira.walk.seed} repeats one, {@code
 * -Desteira.walks} makes more of them.
 */
class LedgerWalkTest {

    private static final int LENGTH = 150;

    /** An effect of which nobody knows whether it was made, in a run that is being cancelled. */
    private static final long UNDECIDED_WHILE_CANCELLING = 8748827234897643899L;

    @TempDir
    private Path directory;

    @Test
    void whateverHappensTheRowsMakeSenseAndEveryRunEndsOnSqlite() throws Exception {
        walks(Integer.getInteger("esteira.walks", 5), true);
    }

    @Test
    void whateverHappensTheRowsMakeSenseAndEveryRunEndsOnPostgres() throws Exception {
        walks(Integer.getInteger("esteira.walks", 1), false);
    }

    @Test
    void whatOnceWentWrongDoesNotAgain() throws Exception {
        walks(1, true, UNDECIDED_WHILE_CANCELLING);
    }

    private void walks(int count, boolean sqlite) throws Exception {
        walks(count, sqlite, Long.getLong("esteira.walk.seed", System.nanoTime()));
    }

    private void walks(int count, boolean sqlite, long first) throws Exception {
        var seeds = new Random(first);
        for (var number = 0; number < count; number++) {
            var seed = number == 0 ? first : seeds.nextLong();
            var home = Files.createDirectories(directory.resolve((sqlite ? "s" : "p") + number));
            var database = sqlite
                    ? Database.sqlite(home.resolve("main.db"), MigrationChain.MAIN)
                    : Database.postgres(
                            PostgresAddress.parse(PostgresServer.shared().freshDatabase()), MigrationChain.MAIN);
            try (var walk = new LedgerWalk(home, database, seed)) {
                walk(walk, seed);
            }
        }
    }

    private static void walk(LedgerWalk walk, long seed) throws Exception {
        var invariants = new LedgerInvariants(walk);
        try {
            for (var step = 0; step < LENGTH; step++) {
                walk.step();
                invariants.require();
            }
            walk.drain();
            invariants.require();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Walk with -Desteira.walk.seed=" + seed + " after:\n" + String.join("\n", walk.done), e);
        }
        assertThat(walk.runs()).isNotEmpty().allMatch(run -> run.state().ended());
    }
}
