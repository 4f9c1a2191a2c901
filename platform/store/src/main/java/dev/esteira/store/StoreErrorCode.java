package dev.esteira.store;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of databases, stored contents and the data directory. */
public enum StoreErrorCode implements ErrorCode {
    DATA_DIRECTORY_IN_USE(
            FaultOwner.ENVIRONMENT, 503, "Another process holds the data directory; stop it or talk to it."),
    DATA_DIRECTORY_UNUSABLE(
            FaultOwner.ENVIRONMENT, 503, "The data directory cannot be made, written or kept to its owner."),
    DISK_FULL(FaultOwner.ENVIRONMENT, 507, "The disk is full; nothing was half written. Make room and try again."),
    MALFORMED_DATABASE_ADDRESS(FaultOwner.CALLER, 400, "The address of a database cannot be read."),
    DATABASE_UNREACHABLE(FaultOwner.ENVIRONMENT, 503, "The database does not answer or refuses the user."),
    DATABASE_BUSY(FaultOwner.ENVIRONMENT, 503, "The database has more work than it can do; try again later."),
    DATABASE_CLOSED(
            FaultOwner.ENVIRONMENT, 503, "The server is stopping or its database has failed; nothing was changed."),
    DATABASE_NEWER(
            FaultOwner.ENVIRONMENT, 503, "A newer version of Esteira has changed the database; use that version."),
    DATABASE_FOREIGN(
            FaultOwner.ENVIRONMENT, 503, "The database holds tables that are not Esteira's; name another one."),
    DATABASE_DAMAGED(
            FaultOwner.ENVIRONMENT, 503, "The database file is damaged or no database; restore it from a backup."),
    DATABASE_FAILED(FaultOwner.ESTEIRA, 500, "A statement failed in a way it should not; report it with the log."),
    OUTCOME_UNKNOWN(
            FaultOwner.ENVIRONMENT, 503, "Nobody can tell whether the change was made; look before trying again."),
    BLOB_MISSING(FaultOwner.CALLER, 404, "The workspace has no content with this digest; upload it first."),
    BLOB_DAMAGED(FaultOwner.ENVIRONMENT, 500, "A stored content does not have its digest; restore it from a backup."),
    ARTIFACT_MISSING(FaultOwner.CALLER, 404, "The workspace has no artifact with this digest.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    StoreErrorCode(FaultOwner owner, int status, String description) {
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
