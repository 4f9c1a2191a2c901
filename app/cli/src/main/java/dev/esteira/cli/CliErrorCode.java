package dev.esteira.cli;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of the command line itself. */
public enum CliErrorCode implements ErrorCode {
    MALFORMED_ARGUMENT(FaultOwner.CALLER, 400, "An option or argument of a command is missing, unknown or malformed."),
    DETACH_WITHOUT_SERVER(
            FaultOwner.CALLER, 400, "A run cannot go on without a server; start one, or leave --detach out."),
    NOTHING_TO_FOLLOW(
            FaultOwner.CALLER, 409, "No server moves the run along, so that nothing more happens in it; resume it."),
    UNKNOWN_DATA(
            FaultOwner.CALLER,
            404,
            "What a command names is neither a file nor a data set of the workspace; list the data sets."),
    JDK_MISSING(FaultOwner.ENVIRONMENT, 503, "There is no JDK of the release that Esteira needs; install one."),
    PROGRAM_MISSING(FaultOwner.ENVIRONMENT, 503, "A program that Esteira needs is not installed; install it."),
    BUILD_FAILED(FaultOwner.ENVIRONMENT, 503, "A checkout could not be built; its build log says why."),
    EXAMPLE_MISSING(FaultOwner.ENVIRONMENT, 503, "The example does not lie beside the program; install it again.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    CliErrorCode(FaultOwner owner, int status, String description) {
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
