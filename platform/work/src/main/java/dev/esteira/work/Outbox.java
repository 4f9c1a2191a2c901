package dev.esteira.work;

import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.SqlTx;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Tells others what a transaction made true: written inside it, told after its commit, at least once to every consumer
 * of the topic, independently of the others. Each telling is a piece of background work. Thread-safe.
 */
public final class Outbox {

    private static final RetryPolicy PATIENT = new RetryPolicy(40, Duration.ofSeconds(1), Duration.ofHours(1));

    private final WorkQueue queue;
    private final List<OutboxConsumer> consumers;

    /** @param queue one that has {@link #kinds} of the same consumers */
    public Outbox(WorkQueue queue, List<OutboxConsumer> consumers) {
        this.queue = queue;
        this.consumers = List.copyOf(consumers);
    }

    /** The kinds of work that tell these consumers, for the queue. */
    public static List<WorkKind> kinds(List<OutboxConsumer> consumers) {
        return consumers.stream().<WorkKind>map(Telling::new).toList();
    }

    /**
     * Has the consumers of a topic told after this transaction's commit.
     *
     * @param key messages of the topic with the same key keep their order
     * @param payload up to {@link WorkRequest#PAYLOAD_MAX} characters
     */
    public void publish(SqlTx tx, WorkspaceName workspace, String topic, String key, String payload)
            throws SQLException {
        for (var consumer : consumers) {
            if (consumer.topic().equals(topic)) {
                queue.submit(
                        tx, WorkRequest.now(workspace, kind(consumer), payload).inOrderOf(key));
            }
        }
    }

    private static String kind(OutboxConsumer consumer) {
        return "tell/" + consumer.name();
    }

    private record Telling(OutboxConsumer consumer) implements WorkKind {

        @Override
        public String name() {
            return kind(consumer);
        }

        /** About a day: a consumer is often another system that is down for a while. */
        @Override
        public RetryPolicy retry() {
            return PATIENT;
        }

        @Override
        public WorkOutcome perform(WorkItem item) throws IOException, InterruptedException {
            consumer.receive(item.workspace(), item.payload());
            return WorkOutcome.done();
        }
    }
}
