package dev.esteira.matrix;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of matrices in files. */
public enum MatrixErrorCode implements ErrorCode {
    MATRIX_TOO_LARGE(FaultOwner.CALLER, 413, "A matrix has more than 2^31 cells; use fewer rows or columns."),
    MATRIX_DAMAGED(FaultOwner.ENVIRONMENT, 500, "A matrix file is cut short or is no matrix; run the step again.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    MatrixErrorCode(FaultOwner owner, int status, String description) {
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
