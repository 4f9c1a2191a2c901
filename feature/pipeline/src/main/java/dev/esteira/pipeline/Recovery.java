package dev.esteira.pipeline;

import dev.esteira.kernel.FaultOwner;
import dev.esteira.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds in rows where an earlier server stopped, and has everything looked at again. Folders of attempts that nobody goes
 * on with are removed. Used once.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Database database;
    private final Rows rows;
    private final Ledger ledger;
    private final Engine engine;
    private final Path directory;
    private final Set<String> adopted = new HashSet<>();

    /** @param directory where attempts have their folders */
    Recovery(Database database, Rows rows, Ledger ledger, Engine engine, Path directory) {
        this.database = database;
        this.rows = rows;
        this.ledger = ledger;
        this.engine = engine;
        this.directory = directory;
    }

    void all() throws IOException {
        var folders = AttemptFolder.all(directory);
        takeUpAll();
        folders.removeAll(adopted);
        engine.remove(folders);
    }

    private void takeUpAll() {
        for (var run : database.read(tx -> rows.runs().unended(tx))) {
            LOG.info("Taking up run {} of {}", run.id(), run.pipeline());
            if (run.state() == RunState.QUEUED) {
                ledger.admit(run.ref());
            } else {
                for (var step : database.read(tx -> rows.steps().all(tx, run.ref()))) {
                    takeUp(run, step);
                }
            }
        }
    }

    private void takeUp(PipelineRun run, RunStep step) {
        switch (step.state()) {
            case READY -> engine.ready(step.ref());
            case WAITING_CACHE -> ledger.recheck(step.ref());
            case QUEUED -> ledger.requeue(step.ref());
            case RETRY_WAIT ->
                engine.readyAt(
                        step.ref(),
                        database.read(tx -> rows.steps().timer(tx, step.ref())).orElse(run.createdAt()));
            case RUNNING -> running(run, step);
            case PENDING, AWAITING_INPUT, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> {}
        }
    }

    private void running(PipelineRun run, RunStep step) {
        var attempt = database.read(tx -> rows.attempts().find(tx, step.ref(), step.token()))
                .orElseThrow();
        var cancelling = run.state() == RunState.CANCELLING;
        if (attempt.how() == Attempt.How.CHILD) {
            adopted.add(attempt.id());
            engine.adopt(attempt, cancelling);
            return;
        }
        var failure = cancelling
                ? new Failure(
                        Cause.CANCELLED,
                        FaultOwner.CALLER,
                        "CANCELLED",
                        "Step '" + step.name() + "' was cancelled.",
                        "")
                : Failure.of(
                        Cause.LOST,
                        PipelineErrorCode.ATTEMPT_LOST,
                        "The server ended while step '" + step.name() + "' ran.",
                        "Nothing: it is tried again.");
        var state = cancelling ? AttemptState.KILLED : AttemptState.LOST;
        ledger.fail(attempt, Attempt.End.of(state, failure), Optional.empty(), List.of());
    }
}
