package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server at random moments until the run has ended. {@code -Desteira.kill.rounds} for a long run. */
class KillLoopTest {

    private static final int MAX_STARTS = 60;

    @TempDir
    private Path directory;

    @Test
    void aRunEndsWellHoweverOftenItsServerIsKilled() throws Exception {
        var rounds = Integer.getInteger("esteira.kill.rounds", 2);
        var seed = Long.getLong("esteira.kill.seed", System.nanoTime());
        System.out.println("Kill loop with -Desteira.kill.seed=" + seed);
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++) {
            var home = Files.createDirectories(directory.resolve("round-" + round));
            var kills = killUntilItEnds(home, random);
            check(home, kills);
        }
    }

    private static int killUntilItEnds(Path home, Random random) throws Exception {
        for (var start = 0; start < MAX_STARTS; start++) {
            var log = home.resolve("server-" + start + ".log");
            var process = KilledServer.start(home, log);
            if (random.nextInt(4) > 0) {
                KilledServer.awaitReady(process, log);
            }
            var patience = start < MAX_STARTS - 1 ? 50 + random.nextInt(1200) : 60_000;
            if (process.waitFor(patience, TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).as(Files.readString(log)).isZero();
                return start;
            }
            process.destroyForcibly().waitFor();
        }
        throw new AssertionError("The run did not end within " + MAX_STARTS + " starts");
    }

    private static void check(Path home, int kills) throws Exception {
        try (var engine = new TestEngine(home)) {
            var run =
                    engine.service().list(TestEngine.HERE, Optional.empty(), 10).items();
            assertThat(run).as("one run after %d kills", kills).hasSize(1);
            assertThat(run.getFirst().state()).isEqualTo(RunState.SUCCEEDED);
            var succeeded = new HashMap<String, Integer>();
            for (var event : engine.service()
                    .events(TestEngine.HERE, run.getFirst().id(), 0, Duration.ZERO)
                    .events()) {
                var state = event.body().text("state").orElse("");
                if (event.type().equals(RunEvent.STEP) && state.equals("SUCCEEDED")) {
                    succeeded.merge(event.step().orElseThrow(), 1, Integer::sum);
                }
                if (event.type().equals(RunEvent.ATTEMPT) && event.step().isPresent()) {
                    assertThat(succeeded)
                            .as("nothing is tried again after it succeeded")
                            .doesNotContainKey(event.step().get());
                }
            }
            assertThat(succeeded)
                    .hasSize(12)
                    .allSatisfy((step, times) -> assertThat(times).isOne());
            assertThat(engine.told()).hasSize(3).doesNotHaveDuplicates();
            assertThat(Files.readAllLines(engine.outside().resolve("pushed")))
                    .hasSize(3)
                    .doesNotHaveDuplicates();
        }
    }
}
