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

/** What a server does by itself: tells consumers what became true, and sweeps at its intervals. Thread-safe. */
final class Upkeep implements AutoCloseable {

    private static final int THREADS = 2;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Database database;
    private final InstantSource clock;
    private final Duration interval;
    private final List<WorkKind> sweeps;
    private final WorkQueue queue;
    private final Outbox outbox;
    private final WorkThreads threads;

    /**
     * Starts nothing yet.
     *
     * @param interval before the first sweep of a new data directory
     * @param sweeps kinds of work with one timer each, which bears the name of the kind
     */
    Upkeep(
            Database database,
            InstantSource clock,
            IdSource ids,
            String node,
            Duration interval,
            List<WorkKind> sweeps,
            List<OutboxConsumer> consumers) {
        this.database = database;
        this.clock = clock;
        this.interval = interval;
        this.sweeps = List.copyOf(sweeps);
        var kinds = new ArrayList<WorkKind>(sweeps);
        kinds.addAll(Outbox.kinds(consumers));
        this.queue = new WorkQueue(database, kinds, clock, ids, node);
        this.outbox = new Outbox(queue, consumers);
        this.threads = new WorkThreads(queue, THREADS, GRACE);
    }

    Outbox outbox() {
        return outbox;
    }

    /** Sets the timers and begins to work; the database has been started before. */
    void start() {
        database.change(tx -> {
            for (var sweep : sweeps) {
                var first = clock.instant().plus(interval);
                queue.schedule(tx, WorkRequest.timer(WorkspaceName.DEFAULT, sweep.name(), sweep.name(), first));
            }
        });
        threads.start();
    }

    /** Stops; what is being done is interrupted after a while and done again at the next start. */
    @Override
    public void close() {
        threads.close();
    }
}
