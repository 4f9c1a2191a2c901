package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Units that wait for a thread, and the sign that no more will come. */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    @Limit(value = "Units of work that wait for the database; beyond them it counts as overloaded.", unit = "units")
    private static final int WAITING_MAX = 4096;

    private static final long QUEUE_TIMEOUT_S = 30;

    private static final Pending<Boolean> END = new Pending<>(tx -> true);

    private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private volatile boolean ended;

    void add(Pending<?> unit) {
        if (!offer(unit)) {
            throw new EsteiraException(
                    StoreErrorCode.DATABASE_BUSY,
                    "The database has had " + WAITING_MAX + " changes waiting for " + QUEUE_TIMEOUT_S + " s.",
                    "Send less at once, or try again later.");
        }
        if (ended && waiting.remove(unit)) {
            throw SqliteDatabase.closed();
        }
    }

    private boolean offer(Pending<?> unit) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.offer(unit, QUEUE_TIMEOUT_S, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next unit, null at the end. */
    @Nullable
    Pending<?> take() {
        while (true) {
            try {
                return live(waiting.take());
            } catch (InterruptedException e) {
                LOG.warn("A thread of the database was interrupted; it goes on until the database is closed", e);
            }
        }
    }

    /** The next unit, null when none waits. */
    @Nullable
    Pending<?> poll() {
        return live(waiting.poll());
    }

    private @Nullable Pending<?> live(@Nullable Pending<?> unit) {
        if (unit == END) {
            ended = true;
            return null;
        }
        return unit;
    }

    int size() {
        return waiting.size();
    }

    boolean ended() {
        return ended;
    }

    void end(int threads) {
        for (var thread = 0; thread < threads; thread++) {
            offer(END);
        }
    }

    void refuseRest() {
        ended = true;
        for (var unit = waiting.poll(); unit != null; unit = waiting.poll()) {
            unit.fail(SqliteDatabase.closed());
        }
    }
}
