package dev.esteira.transform;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of transforms. */
public enum TransformErrorCode implements ErrorCode {
    UNKNOWN_COLUMN(FaultOwner.CALLER, 422, "A step names a column that its input does not have."),
    COLUMN_TYPE_UNFIT(FaultOwner.CALLER, 422, "An operation cannot work on a column of that type."),
    COLUMN_NAME_TAKEN(FaultOwner.CALLER, 422, "An operation would make a column whose name is taken already."),
    OPERATION_MALFORMED(FaultOwner.CALLER, 400, "An operation of a transform lacks a field or has an unknown one."),
    NOTHING_TO_FIT(
            FaultOwner.DATA, 422, "A column has no value in the training rows, so nothing can be fitted; drop it."),
    FIT_NOT_FINITE(
            FaultOwner.DATA,
            422,
            "What an operation learns from the training rows is infinite, or more than a double holds; mend such values."),
    TRANSFORM_TOO_LARGE(
            FaultOwner.CALLER,
            422,
            "A column is derived through more operations than a transform may hold; divide it."),
    TOO_MANY_CATEGORIES(
            FaultOwner.CALLER, 422, "One-hot encoding would make more columns than allowed; use the target encoding."),
    NO_LABEL(FaultOwner.CALLER, 422, "Target encoding needs a column with the role label."),
    FIT_ON_NOT_TRAINING(
            FaultOwner.CALLER,
            400,
            "A transform may be fitted on the training rows only, else what it must not know leaks in."),
    TRANSFORM_INPUT_UNFIT(FaultOwner.CALLER, 422, "Rows lack a column that the transform reads, or have another type."),
    TRANSFORM_DAMAGED(FaultOwner.ENVIRONMENT, 500, "A transform document is unreadable or of an unknown version."),
    SQL_PROCESS_FAILED(FaultOwner.ESTEIRA, 500, "The process that runs a step's SQL got a job that it cannot read.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    TransformErrorCode(FaultOwner owner, int status, String description) {
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
