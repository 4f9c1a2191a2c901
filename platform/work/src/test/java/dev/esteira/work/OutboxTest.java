package dev.esteira.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    @TempDir
    private Path folder;

    private record Noting(String name, String topic, List<String> told, List<String> refused)
            implements OutboxConsumer {
        @Override
        public void receive(WorkspaceName workspace, String payload) throws IOException {
            if (refused.remove(payload)) {
                throw new IOException("busy");
            }
            told.add(payload);
        }
    }

    private static Noting consumer(String name, String topic, String... refused) {
        return new Noting(name, topic, new ArrayList<>(), new ArrayList<>(List.of(refused)));
    }

    @ParameterizedTest
    @EnumSource
    void tellsEveryConsumerOfTheTopicInOrderWhateverTheOthersDo(DatabaseKind kind) throws Exception {
        var steady = consumer("steady", "Drift");
        var shaky = consumer("shaky", "Drift", "1");
        var deaf = consumer("deaf", "Else");
        var consumers = List.<OutboxConsumer>of(steady, shaky, deaf);
        var clock = new ManualClock();
        try (var main = kind.open(folder, MigrationChain.MAIN)) {
            var queue = new WorkQueue(main, Outbox.kinds(consumers), clock, new SequentialIds(), "one");
            var outbox = new Outbox(queue, consumers);
            for (var payload : List.of("1", "2")) {
                main.change(tx -> outbox.publish(tx, WorkspaceName.DEFAULT, "Drift", "model", payload));
            }
            assertThatThrownBy(() -> main.change(tx -> {
                        outbox.publish(tx, WorkspaceName.DEFAULT, "Drift", "model", "untrue");
                        throw new IllegalStateException("rolled back");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            queue.runDue();
            assertThat(steady.told()).containsExactly("1", "2");
            assertThat(shaky.told()).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            queue.runDue();
            assertThat(shaky.told()).containsExactly("1", "2");
            assertThat(steady.told()).hasSize(2);
            assertThat(deaf.told()).isEmpty();
        }
    }
}
