package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;

/** How large a data set may be. */
public final class DatasetLimits {

    /** The most rows: what one array of the JVM holds comfortably. */
    @Limit(value = "Rows of a data set.", unit = "rows")
    public static final long ROWS = 1_000_000_000L;

    /** The most columns. */
    @Limit(value = "Columns of a data set.", unit = "columns")
    public static final int COLUMNS = 4_096;

    /** The longest name of a column, in UTF-16 units. */
    @Limit(value = "The name of a column.", unit = "characters")
    public static final int COLUMN_NAME_LENGTH = 500;

    private DatasetLimits() {}

    static void requireColumns(int columns) {
        if (columns > COLUMNS) {
            throw new EsteiraException(
                    DatasetErrorCode.DATASET_TOO_LARGE,
                    "The data have " + columns + " columns; a data set has at most " + COLUMNS + ".",
                    "Leave columns out, or turn columns into rows.");
        }
    }

    static void requireRows(long rows) {
        if (rows > ROWS) {
            throw new EsteiraException(
                    DatasetErrorCode.DATASET_TOO_LARGE,
                    "The data have " + rows + " rows; a data set has at most " + ROWS + ".",
                    "Divide the data, or take a sample.");
        }
    }

    static void requireName(String name) {
        if (name.length() > COLUMN_NAME_LENGTH) {
            throw new EsteiraException(
                    DatasetErrorCode.DATASET_TOO_LARGE,
                    "The column '" + name.substring(0, 40) + "…' has a name of " + name.length() + " characters; "
                            + COLUMN_NAME_LENGTH + " are allowed.",
                    "Give it a shorter name.");
        }
        if (name.equalsIgnoreCase(Dataset.ROW_NUMBER)) {
            throw new EsteiraException(
                    DatasetErrorCode.COLUMN_NAME_RESERVED,
                    "The data have a column '" + name + "', a name by which the data engine numbers rows.",
                    "Give the column another name.");
        }
    }
}
