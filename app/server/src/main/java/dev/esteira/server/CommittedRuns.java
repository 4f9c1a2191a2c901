package dev.esteira.server;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.pipeline.StepCommitted;
import dev.esteira.tracking.Lifecycle;
import dev.esteira.tracking.Logged;
import dev.esteira.tracking.Tag;
import dev.esteira.tracking.Tracking;
import dev.esteira.training.TrainKind;
import dev.esteira.work.OutboxConsumer;
import java.util.List;

/**
 * Marks the tracked run whose model counts: of several attempts of a step, the one that was committed. The pipeline's
 * commit and the runs lie in two databases, so the mark comes a moment later, and comes in any case.
 */
final class CommittedRuns implements OutboxConsumer {

    /** The tag that the run of a committed attempt bears; its value is the id of the pipeline run. */
    static final String TAG = "esteira.committed";

    private final Tracking tracking;

    CommittedRuns(Tracking tracking) {
        this.tracking = tracking;
    }

    @Override
    public String name() {
        return "committed-tracked-runs";
    }

    @Override
    public String topic() {
        return StepCommitted.TOPIC;
    }

    /** @throws EsteiraException when the run was deleted in this very moment; nothing is to be marked the next time */
    @Override
    public void receive(WorkspaceName workspace, String payload) {
        var committed = StepCommitted.parse(payload);
        var run = TrainKind.trackedRun(committed.attempt());
        if (tracking.find(workspace, run)
                .filter(info -> info.lifecycle() == Lifecycle.ACTIVE)
                .isPresent()) {
            tracking.log(workspace, run, Logged.tags(List.of(new Tag(TAG, committed.run()))));
        }
    }
}
