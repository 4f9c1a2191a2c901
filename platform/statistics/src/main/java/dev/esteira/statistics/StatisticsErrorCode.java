package dev.esteira.statistics;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of statistics: what cannot be computed from what was given. */
public enum StatisticsErrorCode implements ErrorCode {
    PREDICTIONS_INVALID(
            FaultOwner.DATA,
            422,
            "Labels, predictions or weights are missing, of different number or out of range; correct the data."),
    METRIC_UNKNOWN(FaultOwner.CALLER, 400, "No metric has this name; use a name of docs/reference/metrics.md."),
    METRIC_ARGUMENT_UNFIT(
            FaultOwner.CALLER,
            400,
            "A metric lacks an argument, has one that it does not know, or has one out of its range; correct it."),
    METRIC_OF_OTHER_TASK(
            FaultOwner.CALLER,
            400,
            "A metric belongs to another task than the model, such as rmse to a binary label; use one of this task."),
    INTERVAL_INVALID(
            FaultOwner.CALLER, 400, "Rounds or level of an interval are out of range; use values within the limits."),
    SLICES_INVALID(
            FaultOwner.CALLER,
            400,
            "Slices do not fit the data or are too many; give ascending edges or another column.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    StatisticsErrorCode(FaultOwner owner, int status, String description) {
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
