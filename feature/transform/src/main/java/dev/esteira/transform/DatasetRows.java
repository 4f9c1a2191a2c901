package dev.esteira.transform;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.EsteiraException;
import org.jspecify.annotations.Nullable;

/** The rows of a data set in memory. */
public record DatasetRows(DataColumns columns) implements Rows {

    @Override
    public int size() {
        return columns.rows();
    }

    @Override
    public double[] numbers(String column) {
        try {
            return columns.numbers(column);
        } catch (IllegalArgumentException e) {
            throw unfit(column, e);
        }
    }

    @Override
    public @Nullable String[] texts(String column) {
        try {
            return columns.texts(column);
        } catch (IllegalArgumentException e) {
            throw unfit(column, e);
        }
    }

    private static EsteiraException unfit(String column, IllegalArgumentException cause) {
        return new EsteiraException(
                TransformErrorCode.TRANSFORM_INPUT_UNFIT,
                "The transform reads the column '" + column + "', which the rows lack or have in another type.",
                "Give it rows with the columns that it was fitted on.",
                cause);
    }
}
