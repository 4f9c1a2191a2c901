package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests and event clients there may be at once, and the way to none of them. Thread-safe. */
final class Capacity {

    private final HttpSettings.Limits limits;
    private final Semaphore requests;
    private final Semaphore eventClients;
    private final Set<Thread> following = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Capacity(HttpSettings.Limits limits) {
        this.limits = limits;
        this.requests = new Semaphore(limits.requests(), true);
        this.eventClients = new Semaphore(limits.eventClients(), true);
    }

    boolean stopping() {
        return stopping;
    }

    void enter() throws InterruptedException {
        if (stopping) {
            throw new EsteiraException(
                    HttpErrorCode.SERVER_STOPPING, "The server is stopping.", "Try again when it is back.");
        }
        if (!requests.tryAcquire(limits.queue().toMillis(), TimeUnit.MILLISECONDS)) {
            throw overloaded("requests");
        }
    }

    void leave() {
        requests.release();
    }

    void follow() {
        if (!eventClients.tryAcquire()) {
            throw overloaded("followers of events");
        }
        following.add(Thread.currentThread());
    }

    void unfollow() {
        following.remove(Thread.currentThread());
        eventClients.release();
    }

    /** Waits until nothing is under way; false when the drain limit came first. */
    boolean drain() {
        stopping = true;
        following.forEach(Thread::interrupt);
        try {
            var patience = limits.drain().toMillis();
            return requests.tryAcquire(limits.requests(), patience, TimeUnit.MILLISECONDS)
                    && eventClients.tryAcquire(limits.eventClients(), patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static EsteiraException overloaded(String what) {
        return new EsteiraException(
                HttpErrorCode.SERVER_OVERLOADED, "There are too many " + what + " at once.", "Try again in a moment.");
    }
}
