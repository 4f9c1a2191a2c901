package dev.esteira.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {

    @TempDir
    Path folder;

    @Test
    void readsBackEveryCellThatItWroteMissingOnesToo() throws Exception {
        var rows = 300_000;
        var first = new double[rows];
        var second = new double[rows];
        for (var row = 0; row < rows; row++) {
            first[row] = row / 3.0;
            second[row] = row % 7 == 0 ? Double.NaN : -row;
        }
        var matrix = Matrix.ofColumns(rows, List.of(first, second));
        var file = folder.resolve("m");

        matrix.write(file);
        var read = Matrix.read(file);

        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.columns()).isEqualTo(2);
        assertThat(read.cells()).isEqualTo(matrix.cells());
        assertThat(read.cell(7, 1)).isNaN();
        assertThat(read.cell(9, 0)).isEqualTo(3.0f);
    }

    @Test
    void refusesAFileThatIsCutShort() throws Exception {
        var file = folder.resolve("m");
        Matrix.ofColumn(new float[] {1, 2, 3}).write(file);
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> Matrix.read(file))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(MatrixErrorCode.MATRIX_DAMAGED));
    }

    @Test
    void refusesAFileThatIsNoMatrix() throws Exception {
        var file = folder.resolve("m");
        Files.writeString(file, "not a matrix at all");

        assertThatThrownBy(() -> Matrix.read(file)).isInstanceOf(EsteiraException.class);
    }

    @Test
    void refusesAFileWhoseSizesAreNotThoseOfItsCells() throws Exception {
        var file = folder.resolve("m");
        Matrix.ofColumn(new float[] {1, 2, 3}).write(file);
        for (var rows : new byte[] {-1, 127}) {
            var bytes = Files.readAllBytes(file);
            // The highest byte of the number of rows.
            bytes[7] = rows;
            Files.write(file, bytes);

            assertThatThrownBy(() -> Matrix.read(file))
                    .isInstanceOfSatisfying(
                            EsteiraException.class,
                            error -> assertThat(error.code()).isEqualTo(MatrixErrorCode.MATRIX_DAMAGED));
        }
    }

    @Test
    void refusesMoreCellsThanAProcessCanHold() {
        assertThatThrownBy(() -> Matrix.zeros(1 << 20, 1 << 12))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(MatrixErrorCode.MATRIX_TOO_LARGE));
    }
}
