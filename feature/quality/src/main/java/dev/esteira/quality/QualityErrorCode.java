package dev.esteira.quality;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of checks and contracts. */
public enum QualityErrorCode implements ErrorCode {
    UNKNOWN_CHECK(FaultOwner.CALLER, 400, "A file names a check that is not in the registry."),
    CHECK_MALFORMED(
            FaultOwner.CALLER,
            400,
            "A check lacks a parameter, has one of the wrong kind, or bounds that hold nothing."),
    CHECK_COLUMN_UNKNOWN(FaultOwner.CALLER, 422, "A check names a column that the data does not have."),
    CHECK_COLUMN_UNFIT(FaultOwner.CALLER, 422, "A check cannot be asked of a column of that type."),
    PREDICATE_REFUSED(
            FaultOwner.CALLER,
            422,
            "A row predicate is no scalar expression over the row's columns with allowed functions."),
    REFERENCE_UNKNOWN(
            FaultOwner.CALLER, 422, "A check refers to a data set that the step does not have under 'references'."),
    CONTRACT_MALFORMED(FaultOwner.CALLER, 400, "A data contract is no valid contract file."),
    ROLE_MISSING(FaultOwner.CALLER, 422, "A check needs a column with a role, and no column has it."),
    CHECK_FAILED(FaultOwner.DATA, 422, "A check of severity error failed; the report says what it found."),
    QUARANTINE_LIMIT(FaultOwner.DATA, 422, "More rows were to be quarantined than the step allows.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    QualityErrorCode(FaultOwner owner, int status, String description) {
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
