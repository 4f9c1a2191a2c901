package dev.esteira.kernel;

/** Measures how long something took; unlike a clock it never goes back. Thread-safe. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since some fixed moment. */
    long nanos();
}
