package dev.esteira.server;

import dev.esteira.store.ContentSweep;
import dev.esteira.work.RetryPolicy;
import dev.esteira.work.WorkItem;
import dev.esteira.work.WorkKind;
import dev.esteira.work.WorkOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Background work that removes contents which nothing reaches any more. Goes off again and again. */
final class ContentSweepWork implements WorkKind {

    static final String NAME = "content-sweep";

    private static final Logger LOG = LoggerFactory.getLogger(ContentSweepWork.class);

    private final ContentSweep sweep;
    private final InstantSource clock;
    private final Duration interval;
    private final Duration grace;

    /**
     * @param interval between two sweeps
     * @param grace how long a content stays that nothing reaches
     */
    ContentSweepWork(ContentSweep sweep, InstantSource clock, Duration interval, Duration grace) {
        this.sweep = sweep;
        this.clock = clock;
        this.interval = interval;
        this.grace = grace;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** When to sweep after a moment. */
    Instant next(Instant last) {
        return last.plus(interval);
    }

    @Override
    public RetryPolicy retry() {
        return RetryPolicy.TIMER;
    }

    @Override
    public WorkOutcome perform(WorkItem item) throws IOException, InterruptedException {
        var begun = clock.instant();
        var report = sweep.sweep(grace);
        LOG.info(
                "Removed {} artifacts, {} contents and {} files of {} bytes that nothing reached",
                report.trees(),
                report.blobs(),
                report.files(),
                report.bytes());
        return WorkOutcome.again(next(begun));
    }
}
