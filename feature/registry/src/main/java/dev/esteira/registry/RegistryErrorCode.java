package dev.esteira.registry;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of the registry. */
public enum RegistryErrorCode implements ErrorCode {
    DECISION_NEGATIVE(
            FaultOwner.DATA, 422, "The gate's decision does not let the model pass, so it is not registered."),
    MODEL_NOT_FOUND(FaultOwner.CALLER, 404, "No registered model has this name in this workspace."),
    MODEL_VERSION_NOT_FOUND(FaultOwner.CALLER, 404, "The registered model has no version of this number."),
    MODEL_ALIAS_NOT_FOUND(FaultOwner.CALLER, 404, "The registered model has no alias of this name."),
    MODEL_NAME_MALFORMED(FaultOwner.CALLER, 400, "A model's name is empty, too long, or has a slash or colon."),
    MODEL_ALIAS_MALFORMED(
            FaultOwner.CALLER,
            400,
            "An alias has other characters than letters, digits, _ and -, is too long, or looks like a version."),
    MODEL_ALIAS_MOVED(
            FaultOwner.CALLER, 412, "An alias was moved by somebody else in between; look at it and decide again."),
    REGISTER_INPUT_MISSING(
            FaultOwner.CALLER, 400, "The step that registers lacks an input, or has it in another type.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    RegistryErrorCode(FaultOwner owner, int status, String description) {
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
