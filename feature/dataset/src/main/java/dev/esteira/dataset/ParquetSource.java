package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Parquet file. */
public record ParquetSource(String path) implements Source {

    @Override
    public Optional<Schema> outline(Path file) throws IOException {
        return ParquetFooter.read(file, path).schema();
    }

    @Override
    public String query(DataSession session, Path file) throws IOException {
        ParquetFooter.read(file, path);
        return "SELECT * FROM read_parquet("
                + DataEngine.literal(file.toAbsolutePath().toString()) + ")";
    }

    @Override
    public EsteiraException explained(EsteiraException error) {
        if (error.code() == DatasetErrorCode.SQL_FAILED || error.code() == DatasetErrorCode.DATA_ENGINE_FAILED) {
            return unreadable(path, "is damaged: " + error.explanation(), error);
        }
        return error;
    }

    static EsteiraException unreadable(String path, String what, @Nullable Throwable cause) {
        return new EsteiraException(
                DatasetErrorCode.SOURCE_UNREADABLE,
                "'" + path + "' " + what,
                "Copy or export the file again, and compare its size with the original.",
                cause);
    }
}
