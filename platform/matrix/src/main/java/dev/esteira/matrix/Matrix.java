package dev.esteira.matrix;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A dense matrix of 32-bit floats; a missing value is NaN. Not thread-safe for writing cells.
 *
 * <p>In a file, all little-endian: the bytes {@code EMX1}, the number of rows and of columns (32 bits each), then the
 * cells row by row.
 *
 * @param cells row after row, {@code rows × columns} of them; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(int rows, int columns, float[] cells) {

    private static final int MAGIC = 0x31584d45;
    private static final int HEADER_BYTES = 12;
    private static final int BUFFER_BYTES = 1 << 20;

    public Matrix {
        if (cells.length != (long) rows * columns) {
            throw new IllegalArgumentException(cells.length + " cells are no " + rows + " × " + columns + " matrix");
        }
    }

    /**
     * A matrix of zeros.
     *
     * @throws EsteiraException MATRIX_TOO_LARGE
     */
    public static Matrix zeros(int rows, int columns) {
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new EsteiraException(
                    MatrixErrorCode.MATRIX_TOO_LARGE,
                    "A matrix of " + rows + " rows and " + columns + " columns does not fit into one process.",
                    "Train on fewer rows or fewer columns.");
        }
        return new Matrix(rows, columns, new float[rows * columns]);
    }

    /** A matrix with one column. */
    public static Matrix ofColumn(float[] values) {
        return new Matrix(values.length, 1, values);
    }

    /** A matrix of columns of the same length, each rounded to 32 bits. */
    public static Matrix ofColumns(int rows, List<double[]> columns) {
        var matrix = zeros(rows, columns.size());
        for (var column = 0; column < columns.size(); column++) {
            var values = columns.get(column);
            for (var row = 0; row < rows; row++) {
                matrix.cells[row * matrix.columns + column] = (float) values[row];
            }
        }
        return matrix;
    }

    /** The cell in a row and column, both from 0. */
    public float cell(int row, int column) {
        return cells[row * columns + column];
    }

    /** Writes the matrix to a file, replacing it. */
    public void write(Path file) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(MAGIC).putInt(rows).putInt(columns);
            var written = 0;
            while (written < cells.length) {
                var some = Math.min(cells.length - written, buffer.remaining() / Float.BYTES);
                buffer.asFloatBuffer().put(cells, written, some);
                buffer.position(buffer.position() + some * Float.BYTES);
                written += some;
                drain(buffer, channel);
            }
            drain(buffer, channel);
        }
    }

    /**
     * Reads a matrix from a file.
     *
     * @throws EsteiraException MATRIX_DAMAGED when the file is cut short or no matrix
     */
    public static Matrix read(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            fill(buffer, channel);
            if (buffer.remaining() < HEADER_BYTES || buffer.getInt() != MAGIC) {
                throw damaged(file);
            }
            var rows = buffer.getInt();
            var columns = buffer.getInt();
            var bytes = channel.size() - HEADER_BYTES;
            // Before anything is allocated: the numbers of a damaged file may be any.
            if (rows < 0 || columns < 0 || bytes % Float.BYTES != 0 || bytes / Float.BYTES != (long) rows * columns) {
                throw damaged(file);
            }
            var matrix = zeros(rows, columns);
            if (!matrix.readCells(buffer, channel)) {
                throw damaged(file);
            }
            return matrix;
        }
    }

    /** False when the file ends too early, e.g. because it was cut while it was read. */
    private boolean readCells(ByteBuffer buffer, FileChannel channel) throws IOException {
        var taken = 0;
        while (taken < cells.length) {
            var some = Math.min(cells.length - taken, buffer.remaining() / Float.BYTES);
            if (some == 0) {
                return false;
            }
            buffer.asFloatBuffer().get(cells, taken, some);
            buffer.position(buffer.position() + some * Float.BYTES);
            taken += some;
            buffer.compact();
            fill(buffer, channel);
        }
        return true;
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private static void fill(ByteBuffer buffer, FileChannel channel) throws IOException {
        var read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = channel.read(buffer);
        }
        buffer.flip();
    }

    private static EsteiraException damaged(Path file) {
        return new EsteiraException(
                MatrixErrorCode.MATRIX_DAMAGED,
                "The file " + file.getFileName() + " is no whole matrix.",
                "Run the step again; if it happens again, check the disk.");
    }
}
