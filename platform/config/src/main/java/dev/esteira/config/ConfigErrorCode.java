package dev.esteira.config;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of configuration files. */
public enum ConfigErrorCode implements ErrorCode {
    UNKNOWN_CONFIGURATION_KEY(FaultOwner.CALLER, 400, "A configuration file has a key that no part of Esteira knows."),
    MALFORMED_CONFIGURATION(FaultOwner.CALLER, 400, "A configuration file or a value in it cannot be read.");

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
