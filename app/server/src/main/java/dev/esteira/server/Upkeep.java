package dev.esteira.server;

import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Database;
import dev.esteira.work.Outbox;
import dev.esteira.work.OutboxConsumer;
import dev.esteira.work.WorkKind;
import dev.esteira.work.WorkQueue;
import dev.esteira.work.WorkRequest;
import dev.esteira.work.WorkThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What a server does by itself: tells consumers what became true, and sweeps now and then. Thread-safe. */
final class Upkeep implements AutoCloseable {

    private static final int THREADS = 2;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Database database;
    private final InstantSource clock;
    private final ContentSweepWork sweep;
    private final WorkQueue queue;
    private final Outbox outbox;
    private final WorkThreads threads;

    /** Starts nothing yet. */
    Upkeep(
            Database database,
            InstantSource clock,
            IdSource ids,
            String node,
            ContentSweepWork sweep,
            List<OutboxConsumer> consumers) {
        this.database = database;
        this.clock = clock;
        this.sweep = sweep;
        var kinds = new ArrayList<WorkKind>(List.of(sweep));
        kinds.addAll(Outbox.kinds(consumers));
        this.queue = new WorkQueue(database, kinds, clock, ids, node);
        this.outbox = new Outbox(queue, consumers);
        this.threads = new WorkThreads(queue, THREADS, GRACE);
    }

    Outbox outbox() {
        return outbox;
    }

    /** Sets the timer of the sweep and begins to work; the database has been started before. */
    void start() {
        var timer = WorkRequest.timer(WorkspaceName.DEFAULT, sweep.name(), sweep.name(), sweep.next(clock.instant()));
        database.change(tx -> queue.schedule(tx, timer));
        threads.start();
    }

    /** Stops; what is being done is interrupted after a while and done again at the next start. */
    @Override
    public void close() {
        threads.close();
    }
}
