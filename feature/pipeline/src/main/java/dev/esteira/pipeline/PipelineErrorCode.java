package dev.esteira.pipeline;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of running pipelines. */
public enum PipelineErrorCode implements ErrorCode {
    UNKNOWN_PIPELINE_RUN(FaultOwner.CALLER, 404, "No pipeline run has this id in the workspace; list the runs."),
    UNKNOWN_STEP(FaultOwner.CALLER, 404, "The run has no step of this name; the message lists the nearest."),
    UNKNOWN_ARTIFACT(FaultOwner.CALLER, 404, "No artifact or file of an artifact has this name in the workspace."),
    BUNDLE_INCOMPLETE(
            FaultOwner.CALLER, 409, "A file that the pipeline names was not uploaded; upload it and submit again."),
    PIPELINE_REFUSED(FaultOwner.CALLER, 422, "The pipeline file has problems; each is listed with its place."),
    SUBMISSION_MALFORMED(FaultOwner.CALLER, 400, "A request lacks a field or has one that cannot be read."),
    STEP_NOT_WAITING(FaultOwner.CALLER, 409, "The step does not wait for a decision; look at the run again."),
    STEP_TIMED_OUT(
            FaultOwner.ENVIRONMENT, 504, "An attempt took longer than its timeout; raise it or make the step smaller."),
    CHILD_EXITED(FaultOwner.CALLER, 500, "A child process ended with an error of its own; read the step's log."),
    CHILD_KILLED(
            FaultOwner.ENVIRONMENT,
            500,
            "A child process was killed from outside, mostly for want of memory; read the step's log."),
    ATTEMPT_LOST(FaultOwner.ENVIRONMENT, 500, "Nobody knows how an attempt ended; it is tried again."),
    EFFECT_UNKNOWN(FaultOwner.ENVIRONMENT, 409, "Nobody can tell whether a change outside was made; a person decides."),
    STEP_FILES_FAILED(FaultOwner.ENVIRONMENT, 500, "Reading or writing files failed; the message says which."),
    STEP_KIND_GONE(
            FaultOwner.ENVIRONMENT,
            500,
            "The server no longer has a step kind that the run needs; install its plugin and resume."),
    TOO_MANY_ANNOTATIONS(FaultOwner.ESTEIRA, 500, "A step kind noted more about an attempt than is kept."),
    OUTPUT_MISSING(FaultOwner.ESTEIRA, 500, "A step kind did not give an output that it had promised."),
    CONDITION_UNDECIDED(FaultOwner.CALLER, 400, "The condition of a step cannot be decided; the message says on what."),
    ENGINE_STOPPED(FaultOwner.ENVIRONMENT, 503, "The engine stops or has no workers; try again once it runs.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    PipelineErrorCode(FaultOwner owner, int status, String description) {
        this.owner = owner;
        this.status = status;
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return owner;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String description() {
        return description;
    }
}
