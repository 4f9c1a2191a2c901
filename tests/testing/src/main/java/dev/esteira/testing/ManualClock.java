package dev.esteira.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it. Thread-safe. */
public final class ManualClock implements InstantSource {

    /** Where a new clock stands. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private volatile Instant now;

    /** A clock at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /** A clock at some moment. */
    public ManualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock, forwards or back, and says where it stands then. */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    /** Puts the clock to a moment. */
    public synchronized void set(Instant moment) {
        now = moment;
    }
}
