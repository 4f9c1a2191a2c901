package dev.esteira.pipelinespec;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of pipeline files and of the parameters given with them. */
public enum PipelineSpecErrorCode implements ErrorCode {
    STEP_KIND_UNKNOWN("A step has no kind, or one that this server does not know."),
    STEP_REFERENCE_UNKNOWN("A reference or dependsOn names a step that is not in the file."),
    STEP_OUTPUT_UNKNOWN("A reference names an output that its step does not have."),
    STEP_CYCLE("Steps wait for each other in a circle, or a step for itself."),
    STEP_NAME_MALFORMED("The name of a step, input or parameter has characters that cannot stand in a reference."),
    REFERENCE_MALFORMED("A ${{ }} is not closed, or holds something that cannot stand there."),
    PARAM_UNKNOWN("A parameter is used or given that the file does not declare."),
    PARAM_MISSING("A parameter without a default was not given."),
    PARAM_MALFORMED("The value of a parameter is not of its type or lies outside its bounds."),
    PARAM_DECLARATION_MALFORMED("The declaration of a parameter contradicts itself."),
    RETRY_CAUSE_UNKNOWN("A retry policy names a cause that does not exist."),
    FILE_NOT_IN_BUNDLE("A step names a file that does not exist beside the pipeline file.");

    private final String description;

    PipelineSpecErrorCode(String description) {
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return FaultOwner.CALLER;
    }

    @Override
    public int status() {
        return 400;
    }

    @Override
    public String description() {
        return description;
    }
}
