package dev.esteira.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who follow a run when any run has new events. Holds no event: they are rows. Thread-safe. */
final class EventHub {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;

    /** The number of changes so far; read it before the rows. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    void changed() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are more changes than seen; false when the time is over first. */
    boolean await(long seen, Duration wait) throws InterruptedException {
        var left = wait.toNanos();
        lock.lock();
        try {
            while (changes <= seen) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
