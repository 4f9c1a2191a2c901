package dev.esteira.training;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of training. */
public enum TrainingErrorCode implements ErrorCode {
    MISSING_INPUT(FaultOwner.CALLER, 400, "A step lacks an input that its kind needs, or has it in another type."),
    UNKNOWN_TRAINER_PARAMETER(
            FaultOwner.CALLER,
            400,
            "The training library has no parameter of that name; it would be ignored silently."),
    RESERVED_TRAINER_PARAMETER(
            FaultOwner.CALLER,
            400,
            "Threads and seeds belong to the run, so that it can be reproduced; leave them out."),
    NO_VALIDATION_PART(
            FaultOwner.CALLER, 400, "Early stopping needs an input 'validation' to look at; add it or leave it out."),
    LABEL_UNFIT(FaultOwner.CALLER, 422, "The label is missing, has missing values, or does not fit the task."),
    SINGLE_CLASS_LABEL(
            FaultOwner.DATA, 422, "All rows have the same label, so there is nothing to learn; look at the split."),
    UNFIT_TRAINER_PARAMETER(
            FaultOwner.CALLER,
            400,
            "A parameter of the library has a value that it refuses, or that does not give what the task promises."),
    VALIDATION_UNFIT(
            FaultOwner.CALLER, 422, "The validation rows do not have the features of the training rows, in order."),
    WEIGHT_UNFIT(FaultOwner.DATA, 422, "A row's weight is missing, negative or infinite, or all weights are 0."),
    FEATURE_NOT_FINITE(FaultOwner.DATA, 422, "A feature is infinite, or too large for a 32-bit float."),
    FEATURE_NOT_NUMERIC(
            FaultOwner.CALLER, 422, "A feature is no number; encode it, give it a role, or leave it out in the SQL."),
    FEATURE_NAME_UNFIT(FaultOwner.CALLER, 422, "XGBoost's readers refuse feature names with [, ] or <; rename it."),
    NO_FEATURES(FaultOwner.CALLER, 422, "Every column has a role, so nothing is left to learn from."),
    MODEL_DAMAGED(FaultOwner.ENVIRONMENT, 500, "A model directory lacks a file or has an unreadable one.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    TrainingErrorCode(FaultOwner owner, int status, String description) {
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
