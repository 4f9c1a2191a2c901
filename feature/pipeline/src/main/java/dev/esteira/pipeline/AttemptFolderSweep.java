package dev.esteira.pipeline;

import dev.esteira.store.Database;
import dev.esteira.work.RetryPolicy;
import dev.esteira.work.WorkItem;
import dev.esteira.work.WorkKind;
import dev.esteira.work.WorkOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work that removes the folders of attempts that have ended. An attempt removes its folder itself; a server
 * that is killed in between leaves it behind. Goes off again and again.
 */
public final class AttemptFolderSweep implements WorkKind {

    /** The name of the work and of its only timer. */
    public static final String NAME = "attempt-folder-sweep";

    private static final Logger LOG = LoggerFactory.getLogger(AttemptFolderSweep.class);

    private final Database database;
    private final Path attempts;
    private final InstantSource clock;
    private final Duration interval;
    private final Duration grace;
    private final AttemptStore rows = new AttemptStore();

    /**
     * @param attempts the engine's directory
     * @param interval between two sweeps
     * @param grace how long a folder must have been left alone
     */
    public AttemptFolderSweep(
            Database database, Path attempts, InstantSource clock, Duration interval, Duration grace) {
        this.database = database;
        this.attempts = attempts;
        this.clock = clock;
        this.interval = interval;
        this.grace = grace;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retry() {
        return RetryPolicy.TIMER;
    }

    @Override
    public WorkOutcome perform(WorkItem item) throws IOException, InterruptedException {
        var now = clock.instant();
        var old = old(now.minus(grace));
        // Asked after the folders were listed: the row of an attempt is there before its folder.
        var live = database.read(rows::live);
        var removed = 0;
        for (var folder : old) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The sweep was interrupted");
            }
            if (!live.contains(Objects.requireNonNull(folder.getFileName()).toString())) {
                AttemptFolder.removeTree(folder);
                removed++;
            }
        }
        if (removed > 0) {
            LOG.info("Removed {} folders of attempts that had ended", removed);
        }
        return WorkOutcome.again(now.plus(interval));
    }

    private List<Path> old(Instant before) throws IOException {
        var old = new ArrayList<Path>();
        if (Files.isDirectory(attempts)) {
            try (var folders = Files.newDirectoryStream(attempts, Files::isDirectory)) {
                for (var folder : folders) {
                    if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                        old.add(folder);
                    }
                }
            }
        }
        return old;
    }
}
