package dev.esteira.client;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors between a client and its server. */
public enum ClientErrorCode implements ErrorCode {
    SERVER_UNREACHABLE(FaultOwner.ENVIRONMENT, 503, "No server answers at the address; start it or name another one."),
    SERVER_LOST(
            FaultOwner.ENVIRONMENT,
            502,
            "The connection broke before the whole answer came; look whether what was asked was done."),
    MALFORMED_ANSWER(
            FaultOwner.ENVIRONMENT,
            502,
            "Something answers at the address, but it is no Esteira server of this version."),
    FILE_NOT_FOUND(FaultOwner.CALLER, 400, "A file that a command or a pipeline names is not there."),
    FILE_OUTSIDE_FOLDER(
            FaultOwner.CALLER, 400, "A file that a pipeline names is a link out of its folder; copy the file there."),
    FILE_UNREADABLE(FaultOwner.ENVIRONMENT, 503, "A file cannot be read.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    ClientErrorCode(FaultOwner owner, int status, String description) {
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
