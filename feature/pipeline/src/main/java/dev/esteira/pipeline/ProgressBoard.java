package dev.esteira.pipeline;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the latest progress of each step for a moment and writes it as one event, so that a step may report as often as
 * it likes and at most five a second are kept. Thread-safe.
 */
final class ProgressBoard {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressBoard.class);

    private static final long PAUSE_MS = 200;

    private final Ledger ledger;
    private final ScheduledExecutorService timers;
    private final Map<StepRef, Value.Fields> latest = new LinkedHashMap<>();

    ProgressBoard(Ledger ledger, ScheduledExecutorService timers) {
        this.ledger = ledger;
        this.timers = timers;
    }

    void post(StepRef step, Value.Fields progress) {
        synchronized (latest) {
            if (latest.put(step, progress) == null) {
                var timer = timers.schedule(() -> flush(step), PAUSE_MS, TimeUnit.MILLISECONDS);
                LOG.trace("Set {}", timer);
            }
        }
    }

    /** Writes what is there of a step that runs; of one that has ended, nobody is told any more. */
    void flush(StepRef step) {
        Value.Fields progress;
        synchronized (latest) {
            progress = latest.remove(step);
        }
        if (progress != null) {
            ledger.change(step.runRef(), change -> {
                var running = change.step(step.step()).filter(one -> one.state() == StepState.RUNNING);
                running.ifPresent(one -> change.progress(one.name(), progress));
                return true;
            });
        }
    }
}
