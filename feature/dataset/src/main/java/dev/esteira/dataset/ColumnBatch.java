package dev.esteira.dataset;

import java.util.BitSet;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a query, by column; valid only while it is handed over. Columns are counted from 0. The query must give
 * each column in the type it is read with: BIGINT, DOUBLE, BOOLEAN or VARCHAR.
 */
public final class ColumnBatch {

    private final DuckDBDataChunkReader chunk;

    ColumnBatch(DuckDBDataChunkReader chunk) {
        this.chunk = chunk;
    }

    /** The number of rows, at most a few thousand. */
    public int rows() {
        return Math.toIntExact(chunk.rowCount());
    }

    /** The column of doubles; NaN also where a value is missing. */
    public void numbers(int column, double[] into, int from) {
        var vector = chunk.vector(column);
        var rows = rows();
        for (var row = 0; row < rows; row++) {
            into[from + row] = vector.getDouble(row, Double.NaN);
        }
    }

    /** The column of 64-bit integers; 0 where a value is missing. */
    public void wholes(int column, long[] into, int from) {
        var vector = chunk.vector(column);
        var rows = rows();
        for (var row = 0; row < rows; row++) {
            into[from + row] = vector.getLong(row, 0L);
        }
    }

    /** The column of flags; false where a value is missing. */
    public void flags(int column, boolean[] into, int from) {
        var vector = chunk.vector(column);
        var rows = rows();
        for (var row = 0; row < rows; row++) {
            into[from + row] = vector.getBoolean(row, false);
        }
    }

    /** The column of texts; null where a value is missing. */
    public void texts(int column, @Nullable String[] into, int from) {
        var vector = chunk.vector(column);
        var rows = rows();
        for (var row = 0; row < rows; row++) {
            into[from + row] = text(vector, row);
        }
    }

    /** Sets a bit for every row whose value is missing. */
    public void missing(int column, BitSet into, int from) {
        var vector = chunk.vector(column);
        var rows = rows();
        for (var row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                into.set(from + row);
            }
        }
    }

    private static @Nullable String text(DuckDBReadableVector vector, int row) {
        return vector.isNull(row) ? null : vector.getString(row);
    }
}
