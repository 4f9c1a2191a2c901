package dev.esteira.testing;

import dev.esteira.kernel.IdSource;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that count up, in the form of real ones: {@code 00000000000000000000000001}. Thread-safe. */
public final class SequentialIds implements IdSource {

    private final AtomicLong last = new AtomicLong();

    @Override
    public String next() {
        return "%026d".formatted(last.incrementAndGet());
    }
}
