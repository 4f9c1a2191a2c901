package dev.esteira.kernel;

/** Errors of reading names, units and page tokens. */
public enum KernelErrorCode implements ErrorCode {
    MALFORMED_NAME(FaultOwner.CALLER, 400, "A name has characters or a length that its kind of name does not allow."),
    MALFORMED_QUANTITY(FaultOwner.CALLER, 400, "A duration, size or share lacks a unit or has an unknown one."),
    MALFORMED_PAGE_TOKEN(FaultOwner.CALLER, 400, "A page token was not given out by this list; start without one."),
    MALFORMED_JSON(FaultOwner.CALLER, 400, "A document is not JSON, or is nested deeper or longer than allowed."),
    OUT_OF_MEMORY(
            FaultOwner.ENVIRONMENT,
            500,
            "A step wanted more memory than it may use; give the machine more or the step less to do."),
    INTERNAL_ERROR(FaultOwner.ESTEIRA, 500, "Esteira failed in a way it should not; report it with the log.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    KernelErrorCode(FaultOwner owner, int status, String description) {
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
