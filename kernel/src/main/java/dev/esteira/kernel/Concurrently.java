package dev.esteira.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work for several items, some of them at a time. */
public final class Concurrently {

    private Concurrently() {}

    /** Work for one item. */
    @FunctionalInterface
    public interface Work<I, R> {
        /** Ends soon when its thread is interrupted. */
        R of(I item) throws IOException, InterruptedException;
    }

    /**
     * Does the work for each item and returns when all of it has ended. After the first failure, in the order of the
     * items, the rest is interrupted or not begun.
     *
     * @param threads at least 1; with 1 the caller's own thread works
     * @return what the work gave, in the order of the items
     * @throws IOException when work threw it
     * @throws InterruptedException when the caller was interrupted; no work is under way then
     */
    public static <I, R> List<R> each(Collection<? extends I> items, int threads, Work<? super I, ? extends R> work)
            throws IOException, InterruptedException {
        if (threads == 1 || items.size() < 2) {
            var results = new ArrayList<R>();
            for (var item : items) {
                results.add(work.of(item));
            }
            return results;
        }
        try (var executor = Executors.newFixedThreadPool(Math.min(threads, items.size()))) {
            try {
                var futures = new ArrayList<Future<? extends R>>();
                for (var item : items) {
                    futures.add(executor.submit(() -> work.of(item)));
                }
                var results = new ArrayList<R>();
                for (var future : futures) {
                    results.add(future.get());
                }
                return results;
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw rethrown(Objects.requireNonNull(e.getCause()));
            } catch (InterruptedException e) {
                executor.shutdownNow();
                throw e;
            }
        }
    }

    private static IllegalStateException rethrown(Throwable failure) throws IOException, InterruptedException {
        return switch (failure) {
            case InterruptedException interrupted -> throw interrupted;
            case IOException failed -> throw failed;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case Throwable other -> new IllegalStateException("Work threw what it does not declare", other);
        };
    }
}
