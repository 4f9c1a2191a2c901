package dev.esteira.config;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of configuration. */
public enum ConfigErrorCode implements ErrorCode {
    UNKNOWN_CONFIGURATION_KEY(FaultOwner.CALLER, 400, "A configuration key does not exist; correct or remove it."),
    REMOVED_CONFIGURATION_KEY(FaultOwner.CALLER, 400, "A configuration key no longer exists; follow its advice."),
    MALFORMED_CONFIGURATION(FaultOwner.CALLER, 400, "A configuration value or file cannot be read."),
    MISSING_CONFIGURATION(FaultOwner.CALLER, 400, "A configuration key that has no default is needed and not set.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    ConfigErrorCode(FaultOwner owner, int status, String description) {
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
