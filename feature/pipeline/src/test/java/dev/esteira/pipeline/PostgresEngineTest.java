package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.store.Database;
import dev.esteira.store.MigrationChain;
import dev.esteira.store.PostgresAddress;
import dev.esteira.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEngineTest {

    private static final String DIAMOND = """
              defaults: {retry: {maxAttempts: 3, retryOn: [infra], backoff: {initial: 10ms}}}
              steps:
                a: {kind: make, text: one}
                b: {kind: make, text: two, inputs: {x: "${{ steps.a.outputs.data }}"}}
                c: {kind: make, failures: 1, inputs: {x: "${{ steps.a.outputs.data }}"}}
                d: {kind: make, text: four, inputs: {x: "${{ steps.b.outputs.data }}", y: "${{ steps.c.outputs.data }}"}}
                e: {kind: push, inputs: {x: "${{ steps.d.outputs.data }}"}}
            """;

    @TempDir
    private Path directory;

    @Test
    void runsTakesFromTheCacheCancelsAndResumesOnPostgres() throws Exception {
        var address = PostgresAddress.parse(PostgresServer.shared().freshDatabase());
        try (var engine = new TestEngine(directory, Database.postgres(address, MigrationChain.MAIN))) {
            var first = engine.run(DIAMOND);
            assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(engine.step(first, "c").tries().attempts()).isEqualTo(2);

            var second = engine.run(DIAMOND);
            assertThat(engine.step(second, "d").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CACHED);

            var slow = "  steps:\n    slow: {kind: make, sleep: 400}\n";
            var one = engine.accepted(engine.submission(slow, Map.of()));
            var other = engine.accepted(engine.submission(slow, Map.of()));
            assertThat(engine.end(one.id()).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(engine.end(other.id()).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(engine.ran().stream().filter("slow"::equals)).hasSize(1);

            var long1 = engine.accepted(engine.submission("  steps:\n    z: {kind: make, sleep: 30000}\n", Map.of()));
            engine.service().cancel(TestEngine.HERE, long1.id(), "test");
            var cancelled = engine.end(long1.id());
            assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);

            var resumed = engine.service().resume(TestEngine.HERE, second.id(), Optional.of("d"));
            var ended = engine.end(resumed.id());
            assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(engine.step(ended, "d").keyed().orElseThrow().causes()).containsExactly(MissCause.FORCED);
            assertThat(engine.step(ended, "a").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CARRIED);
        }
    }
}
