package dev.esteira.work;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of background work. */
public enum WorkErrorCode implements ErrorCode {
    WORK_FENCED(FaultOwner.ESTEIRA, 409, "Another process has taken the work over, so this one's result is dropped.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    WorkErrorCode(FaultOwner owner, int status, String description) {
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
