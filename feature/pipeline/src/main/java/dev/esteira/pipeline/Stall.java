package dev.esteira.pipeline;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.store.StoreErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the engine from writing what becomes of runs, such as a full disk. No row can tell of it, so those who
 * follow a run and those who ask whether the server is ready are told from here. Thread-safe.
 */
final class Stall {

    /** How long to wait before the next try. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    @Limit("How long the database may refuse to be written before those who follow a run are told.")
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Stall.class);

    /** Since when, and why. */
    private record Held(Instant since, Failure failure) {}

    private final InstantSource clock;
    private @Nullable Held held;

    Stall(InstantSource clock) {
        this.clock = clock;
    }

    /** What is wrong with the disk or the database and not with the work: the same may succeed later. */
    private static final Set<ErrorCode> PASSING = Set.of(
            StoreErrorCode.DISK_FULL,
            StoreErrorCode.DATA_DIRECTORY_UNUSABLE,
            StoreErrorCode.DATABASE_UNREACHABLE,
            StoreErrorCode.DATABASE_BUSY,
            StoreErrorCode.DATABASE_CLOSED,
            StoreErrorCode.OUTCOME_UNKNOWN);

    /** Whether the same may succeed later. */
    static boolean mayPass(EsteiraException error) {
        return PASSING.contains(error.code());
    }

    /** Something was refused that {@linkplain #mayPass may pass} later. */
    synchronized void begin(EsteiraException error) {
        if (held == null) {
            held = new Held(clock.instant(), Failure.of(error));
            LOG.warn(
                    "What becomes of runs cannot be written and is tried again every {} s: {}: {}",
                    PAUSE.toSeconds(),
                    error.code().name(),
                    error.explanation());
        }
    }

    /** Something was written. */
    synchronized void over() {
        if (held != null) {
            held = null;
            LOG.info("What becomes of runs can be written again");
        }
    }

    /** What keeps runs from moving along for longer than a moment; empty when nothing does. */
    synchronized Optional<Failure> now() {
        return Optional.ofNullable(held)
                .filter(one -> !clock.instant().isBefore(one.since().plus(PATIENCE)))
                .map(Held::failure);
    }
}
