package dev.esteira.dataset;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of reading, writing and dividing data sets. */
public enum DatasetErrorCode implements ErrorCode {
    SOURCE_NOT_FOUND(FaultOwner.CALLER, 404, "A source names a file that is not there."),
    SOURCE_UNREADABLE(
            FaultOwner.CALLER,
            422,
            "A source file is damaged, cut short, or not of the format that the step says; copy or export it again."),
    CSV_MALFORMED(
            FaultOwner.CALLER,
            422,
            "A line of a CSV file has too few or too many fields, an open quote or bytes that are no UTF-8 text; correct the line named."),
    CSV_VALUE_MISFIT(FaultOwner.CALLER, 422, "A value of a CSV column is not of the type given for it."),
    SOURCE_UNNAMED_COLUMN(FaultOwner.CALLER, 422, "A column of a source has no name, or two have the same."),
    COLUMN_TYPE_UNSUPPORTED(
            FaultOwner.CALLER,
            422,
            "A column has a type without a logical type (list, map, struct, interval, time, bytes); cast or drop it."),
    COLUMN_VALUE_OUT_OF_RANGE(
            FaultOwner.DATA, 422, "A value does not fit its logical type, such as an integer beyond 64 bits."),
    COLUMN_NAME_RESERVED(
            FaultOwner.CALLER, 422, "A column has a name that the data engine needs for itself; rename the column."),
    COLUMN_UNKNOWN(FaultOwner.CALLER, 422, "A step names a column that its data do not have."),
    COLUMN_TYPE_MISMATCH(FaultOwner.CALLER, 422, "A column has another type than the step needs."),
    ROLE_MALFORMED(FaultOwner.CALLER, 422, "A role is given to no column, to too many, or to one of an unfit type."),
    DATASET_TOO_LARGE(FaultOwner.DATA, 422, "A data set has more rows or columns than the limits allow."),
    DATASET_MALFORMED(FaultOwner.ESTEIRA, 500, "A stored data set is not what its description says."),
    DATASET_NOT_FOUND(FaultOwner.CALLER, 404, "No data set has this digest in this workspace."),
    SPLIT_MALFORMED(
            FaultOwner.CALLER,
            422,
            "A split's strategy lacks a field, has one too many, or shares that do not sum to 1."),
    SPLIT_PART_EMPTY(
            FaultOwner.DATA, 422, "A part of a split would have no rows; move the boundaries or change the shares."),
    SPLIT_TIME_MISSING(
            FaultOwner.DATA, 422, "Rows without a time cannot be divided by time; leave them out or fill them."),
    SQL_MALFORMED(FaultOwner.CALLER, 422, "An SQL text cannot be read, or names tables or columns that do not exist."),
    SQL_FORBIDDEN(FaultOwner.CALLER, 422, "An SQL text is not one query, or reaches for files or settings."),
    SQL_FAILED(
            FaultOwner.DATA, 422, "A query failed on the values it met, such as a cast of a text that is no number."),
    SQL_PARAMETER_UNKNOWN(FaultOwner.CALLER, 422, "An SQL text and the values bound to it name different parameters."),
    DATA_MEMORY_EXCEEDED(
            FaultOwner.ENVIRONMENT, 507, "The data engine needed more memory than it may use; raise the limit."),
    DATA_DISK_FULL(FaultOwner.ENVIRONMENT, 507, "The disk was full while data were written; make room and try again."),
    DATA_ENGINE_FAILED(FaultOwner.ESTEIRA, 500, "The data engine failed in a way it should not.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    DatasetErrorCode(FaultOwner owner, int status, String description) {
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
