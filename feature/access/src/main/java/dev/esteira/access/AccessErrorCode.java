package dev.esteira.access;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of who may reach and use a server. */
public enum AccessErrorCode implements ErrorCode {
    NOT_LOOPBACK(
            FaultOwner.CALLER,
            400,
            "The server has no accounts yet, so it listens on loopback only; reach it from elsewhere through a tunnel.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    AccessErrorCode(FaultOwner owner, int status, String description) {
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
