package dev.esteira.pipeline;

import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.time.Instant;
import java.util.Optional;

/**
 * One walk along the belt.
 *
 * @param params every parameter with the value it has in this run
 * @param seed from which every step's seed is drawn
 * @param origin the run that this one resumes
 * @param root the first run of that chain, this run itself when it resumes none
 * @param reason why it ended or waits, a word such as {@code stepFailed}
 * @param openSteps steps that have not ended
 * @param lastSeq the number of its latest event
 */
public record PipelineRun(
        WorkspaceName workspace,
        String id,
        String pipeline,
        String fileName,
        Value.Fields params,
        long seed,
        Optional<String> origin,
        String root,
        RunState state,
        Optional<String> reason,
        int openSteps,
        int warnings,
        long lastSeq,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    RunRef ref() {
        return new RunRef(workspace, id);
    }

    /** This run in another state that the table allows. */
    PipelineRun to(RunState next, Optional<String> why, Instant now) {
        StateMachine.RUN.require(state, next);
        var started = startedAt.isEmpty() && next == RunState.RUNNING ? Optional.of(now) : startedAt;
        var ended = next.ended() ? Optional.of(now) : endedAt;
        return new PipelineRun(
                workspace, id, pipeline, fileName, params, seed, origin, root, next, why, openSteps, warnings, lastSeq,
                createdAt, started, ended);
    }

    /** This run with one open step less. */
    PipelineRun stepEnded(int found) {
        return new PipelineRun(
                workspace,
                id,
                pipeline,
                fileName,
                params,
                seed,
                origin,
                root,
                state,
                reason,
                openSteps - 1,
                warnings + found,
                lastSeq,
                createdAt,
                startedAt,
                endedAt);
    }

    /** This run with one event more. */
    PipelineRun withEvent() {
        return new PipelineRun(
                workspace,
                id,
                pipeline,
                fileName,
                params,
                seed,
                origin,
                root,
                state,
                reason,
                openSteps,
                warnings,
                lastSeq + 1,
                createdAt,
                startedAt,
                endedAt);
    }
}
