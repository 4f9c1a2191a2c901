package dev.esteira.tracking;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of tracking and of the registry's MLflow side; the names are those that MLflow's clients know. */
public enum TrackingErrorCode implements ErrorCode {
    INVALID_PARAMETER_VALUE(FaultOwner.CALLER, 400, "A field is missing, malformed or beyond a limit."),
    RESOURCE_ALREADY_EXISTS(FaultOwner.CALLER, 400, "The name is taken, possibly by something deleted."),
    INVALID_STATE(FaultOwner.CALLER, 400, "The thing was deleted, so it cannot be changed; restore it first."),
    RESOURCE_DOES_NOT_EXIST(FaultOwner.CALLER, 404, "There is no such experiment, run, model, version or file."),
    NOT_IMPLEMENTED(FaultOwner.CALLER, 501, "The server does not offer this; the client uses another way.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    TrackingErrorCode(FaultOwner owner, int status, String description) {
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
