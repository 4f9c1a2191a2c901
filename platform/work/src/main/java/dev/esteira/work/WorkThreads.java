package dev.esteira.work;

import dev.esteira.work.WorkStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link WorkQueue}: one thread sleeps until the nearest moment at which something is due, a lease has to be
 * renewed, or somebody submits; a bounded number of others do the work. Thread-safe.
 */
public final class WorkThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkThreads.class);

    /** Other nodes submit without waking this one. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    /** Work in the hands of a thread, and when its lease is to be renewed. */
    private record Held(Thread thread, Instant renewAt) {}

    private final WorkQueue queue;
    private final Duration grace;
    private final int threads;
    private final Semaphore free;
    private final Semaphore signals = new Semaphore(0);
    private final Map<Taken, Held> running = new ConcurrentHashMap<>();
    private final List<Thread> dispatcher = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * @param threads how many items may be worked on at once, at least 1
     * @param grace how long a stop waits for running work before it is interrupted
     */
    public WorkThreads(WorkQueue queue, int threads, Duration grace) {
        this.queue = queue;
        this.threads = threads;
        this.grace = grace;
        this.free = new Semaphore(threads);
    }

    /** Recovers what an earlier process left, and starts. */
    public synchronized void start() {
        var recovered = queue.recover();
        if (recovered > 0) {
            LOG.info("{} pieces of work were interrupted by the last stop and run again", recovered);
        }
        queue.onSubmit(signals::release);
        dispatcher.add(Thread.ofPlatform().name("work-dispatcher").daemon().start(this::dispatch));
    }

    private void dispatch() {
        while (!stopping) {
            try {
                renew();
                startDue();
                sleep();
            } catch (InterruptedException e) {
                LOG.debug("The dispatcher of background work ends", e);
                return;
            } catch (RuntimeException e) {
                LOG.error("Background work could not be taken; tried again in {}", PAUSE_AFTER_ERROR, e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startDue() {
        while (!stopping && free.tryAcquire()) {
            var taken = queue.take();
            if (taken.isEmpty()) {
                free.release();
                return;
            }
            var item = taken.get();
            var thread = Thread.ofVirtual().name("work-" + item.item().id()).unstarted(() -> perform(item));
            running.put(item, new Held(thread, queue.firstRenewal(item)));
            thread.start();
        }
    }

    private void perform(Taken taken) {
        try {
            queue.perform(taken);
        } catch (InterruptedException e) {
            LOG.info("{} {} was interrupted", taken.item().kind(), taken.item().id());
        } catch (RuntimeException e) {
            LOG.error(
                    "The end of {} {} could not be noted; its lease runs out",
                    taken.item().kind(),
                    taken.item().id(),
                    e);
        } finally {
            running.remove(taken);
            free.release();
            signals.release();
        }
    }

    private void renew() {
        var now = queue.now();
        running.forEach((taken, held) -> {
            if (held.renewAt().isAfter(now)) {
                return;
            }
            if (queue.renew(taken)) {
                running.computeIfPresent(taken, (same, old) -> new Held(old.thread(), queue.nextRenewal(same)));
            } else {
                LOG.warn(
                        "{} {} lost its lease",
                        taken.item().kind(),
                        taken.item().id());
                held.thread().interrupt();
            }
        });
    }

    private void sleep() throws InterruptedException {
        var now = queue.now();
        var longest = running.values().stream()
                .map(held -> Duration.between(now, held.renewAt()))
                .min(Duration::compareTo)
                .filter(third -> third.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        // With every thread busy the next moment is when one ends, which signals.
        var next = free.availablePermits() == 0
                ? longest
                : queue.nearest()
                        .map(moment -> Duration.between(now, moment))
                        .filter(wait -> wait.compareTo(longest) < 0)
                        .orElse(longest);
        if (signals.tryAcquire(Math.max(1, next.toMillis()), TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
        }
    }

    /** Takes no more work, waits for what runs, interrupts what runs longer than the grace; no error when stopped. */
    @Override
    public synchronized void close() {
        stopping = true;
        signals.release();
        queue.onSubmit(() -> {});
        try {
            for (var thread : dispatcher) {
                thread.join();
            }
            if (!free.tryAcquire(threads, grace.toMillis(), TimeUnit.MILLISECONDS)) {
                running.values().forEach(held -> held.thread().interrupt());
                free.acquire(threads);
            }
            free.release(threads);
        } catch (InterruptedException e) {
            running.values().forEach(held -> held.thread().interrupt());
            Thread.currentThread().interrupt();
        }
        dispatcher.clear();
    }
}
