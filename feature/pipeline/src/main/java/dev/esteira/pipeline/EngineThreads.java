package dev.esteira.pipeline;

import dev.esteira.kernel.Limit;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The engine's threads. Platform threads, since step kinds call native code, which would hold the carrier of a virtual
 * one.
 *
 * @param preparing looks at ready steps
 * @param attempts carries attempts out; how many at once, the slots decide
 * @param timers sleeps until the nearest moment
 */
record EngineThreads(ExecutorService preparing, ExecutorService attempts, ScheduledExecutorService timers) {

    private static final int PREPARING = 3;

    @Limit(value = "Steps that wait to be looked at.", unit = "steps")
    private static final int MAX_WAITING = 200_000;

    @Limit(value = "Attempts that run at once, whatever is configured.", unit = "attempts")
    private static final int MAX_ATTEMPTS = 1_000;

    private static final long IDLE_S = 30;

    static EngineThreads start() {
        var preparing = new ThreadPoolExecutor(
                PREPARING,
                PREPARING,
                IDLE_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                named("esteira-engine-"));
        var attempts = new ThreadPoolExecutor(
                0, MAX_ATTEMPTS, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), named("esteira-step-"));
        var timers = new ScheduledThreadPoolExecutor(1, named("esteira-timer-"));
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timers.setRemoveOnCancelPolicy(true);
        return new EngineThreads(preparing, attempts, timers);
    }

    /** Stops all of them, waiting for what they do. */
    void stop(Duration patience) {
        timers.shutdownNow();
        preparing.shutdown();
        attempts.shutdown();
        var interrupted = false;
        for (var pool : new ExecutorService[] {preparing, attempts, timers}) {
            try {
                if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    pool.shutdownNow();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().name(prefix, 1).daemon(true).factory();
    }
}
