package dev.esteira.work;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.store.Action;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import dev.esteira.work.WorkStore.Taken;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable background work: submitted in the transaction that makes it necessary, done at least once, by one process at
 * a time, tried again by its kind's policy until that ends. Either {@link WorkThreads} drives it, or a test does by
 * moving its clock and calling {@link #runDue}. Thread-safe.
 */
public final class WorkQueue {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

    /** Until the first renewal, which makes it the kind's own. */
    private static final Duration FIRST_LEASE = Duration.ofSeconds(30);

    /** In one lease. */
    private static final int RENEWALS = 3;

    private static final Duration UNKNOWN_KIND_PAUSE = Duration.ofMinutes(10);

    private final Database database;
    private final Map<String, WorkKind> kinds;
    private final InstantSource clock;
    private final IdSource ids;
    private final String node;
    private final WorkStore store = new WorkStore();
    private volatile Runnable wakeUp = () -> {};

    /** @param node the name of this process's node, the same after a restart and different from every other node's */
    public WorkQueue(Database database, List<WorkKind> kinds, InstantSource clock, IdSource ids, String node) {
        this.database = database;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(WorkKind::name, Function.identity()));
        this.clock = clock;
        this.ids = ids;
        this.node = node;
    }

    /**
     * Has work done after this transaction's commit.
     *
     * @return false when work with that id waits already
     */
    public boolean submit(SqlTx tx, WorkRequest request) throws SQLException {
        var fresh = store.insert(tx, request, request.id().orElseGet(ids::next), clock.instant());
        tx.afterCommit(wakeUp);
        return fresh;
    }

    /**
     * Sees to it that a timer goes off at its moment at the latest: submits it, brings the waiting one forward, or takes
     * up again the one that was given up.
     *
     * @param timer with an id
     */
    public void schedule(SqlTx tx, WorkRequest timer) throws SQLException {
        if (!store.insert(tx, timer, timer.id().orElseThrow(), clock.instant())) {
            store.bringForward(tx, timer, clock.instant());
        }
        tx.afterCommit(wakeUp);
    }

    /** Gives back what this node held when its last process died; called once, before anything is taken. */
    public int recover() {
        return database.write(tx -> store.release(tx, node, clock.instant()));
    }

    /**
     * Does in the calling thread all work that is due by the clock, and what becomes due by that.
     *
     * @return how many attempts were made
     */
    public int runDue() throws InterruptedException {
        var attempts = 0;
        for (var taken = take(); taken.isPresent(); taken = take()) {
            perform(taken.get());
            attempts++;
        }
        return attempts;
    }

    /** How many items were given up after their last attempt. */
    public long givenUp() {
        return database.read(store::givenUp);
    }

    /** When something is to be done next, empty when nothing waits. */
    public Optional<Instant> nearest() {
        return database.read(store::nearest);
    }

    void onSubmit(Runnable wake) {
        wakeUp = wake;
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Taken> take() {
        return database.write(tx -> store.take(tx, node, FIRST_LEASE, clock.instant()));
    }

    private Duration lease(Taken taken) {
        var kind = kinds.get(taken.item().kind());
        return kind == null ? FIRST_LEASE : kind.lease();
    }

    /** When the lease of an item that was just taken is to be renewed. */
    Instant firstRenewal(Taken taken) {
        var lease = lease(taken);
        return clock.instant().plus((lease.compareTo(FIRST_LEASE) < 0 ? lease : FIRST_LEASE).dividedBy(RENEWALS));
    }

    /** When a lease that was just renewed is to be renewed again. */
    Instant nextRenewal(Taken taken) {
        return clock.instant().plus(lease(taken).dividedBy(RENEWALS));
    }

    /**
     * Makes the item this process's for a lease longer, unless its end has been noted.
     *
     * @return false when another process has taken it
     */
    boolean renew(Taken taken) {
        return database.write(
                tx -> store.renew(tx, taken, clock.instant().plus(lease(taken))) || !store.takenOver(tx, taken));
    }

    /** Makes one attempt and notes how it ended. */
    void perform(Taken taken) throws InterruptedException {
        var item = taken.item();
        var kind = kinds.get(item.kind());
        if (kind == null) {
            var due = clock.instant().plus(UNKNOWN_KIND_PAUSE);
            note(taken, tx -> postpone(tx, taken, due, "This version knows no work of kind " + item.kind() + "."));
            return;
        }
        // Attempts whose lease ran out before they noted an end: their process died, or they threw an error.
        if (kind.retry().ends(item.attempt() - 1)) {
            note(taken, tx -> store.giveUp(tx, taken, "No attempt lived to note its end.", clock.instant()));
            return;
        }
        try {
            var outcome = kind.perform(item);
            note(taken, tx -> end(tx, taken, outcome));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Attempt {} of {} {} failed", item.attempt(), item.kind(), item.id(), e);
            note(taken, tx -> fail(tx, taken, kind.retry(), e));
        } catch (InterruptedException e) {
            note(taken, tx -> postpone(tx, taken, clock.instant(), "The server was stopped."));
            throw e;
        }
    }

    private void note(Taken taken, Action rows) {
        try {
            database.change(rows);
        } catch (EsteiraException e) {
            if (e.code() != WorkErrorCode.WORK_FENCED) {
                throw e;
            }
            LOG.warn(
                    "{} {} was taken over by another process",
                    taken.item().kind(),
                    taken.item().id());
        }
    }

    private void end(SqlTx tx, Taken taken, WorkOutcome outcome) throws SQLException {
        switch (outcome) {
            case WorkOutcome.Done done -> store.remove(tx, taken);
            case WorkOutcome.Again again ->
                store.postpone(tx, taken, again.due(), 0, Optional.empty(), clock.instant());
        }
        outcome.rows().in(tx);
        tx.afterCommit(wakeUp);
    }

    private void fail(SqlTx tx, Taken taken, RetryPolicy retry, Exception error) throws SQLException {
        var attempts = taken.item().attempt();
        var now = clock.instant();
        var reason = String.valueOf(error.getMessage());
        if (retry.ends(attempts)) {
            store.giveUp(tx, taken, reason, now);
        } else {
            store.postpone(tx, taken, now.plus(retry.pause(attempts)), attempts, Optional.of(reason), now);
        }
        tx.afterCommit(wakeUp);
    }

    private void postpone(SqlTx tx, Taken taken, Instant due, String reason) throws SQLException {
        store.postpone(tx, taken, due, taken.item().attempt() - 1, Optional.of(reason), clock.instant());
    }
}
