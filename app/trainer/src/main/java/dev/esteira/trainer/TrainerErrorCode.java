package dev.esteira.trainer;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of the process that learns and predicts. */
public enum TrainerErrorCode implements ErrorCode {
    TRAINER_JOB_MALFORMED(
            FaultOwner.ESTEIRA, 500, "The trainer was started with a job that it cannot read; report it with the log."),
    TRAINER_REFUSED(
            FaultOwner.CALLER, 422, "The training library refused a parameter or the data; its own words say which.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    TrainerErrorCode(FaultOwner owner, int status, String description) {
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
