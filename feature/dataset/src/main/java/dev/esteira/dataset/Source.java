package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file with rows, as a step or a command names it. */
public sealed interface Source permits ParquetSource, CsvSource {

    /** The path as people wrote it, for messages. */
    String path();

    /**
     * The columns as far as the file's head tells them, without the data engine; empty when only the rows can tell.
     *
     * @param file where the file lies
     * @throws EsteiraException when the file is not of the format, is cut short, or has a column that no data set can
     *     have
     */
    Optional<Schema> outline(Path file) throws IOException;

    /**
     * Makes a session ready and gives a query of all rows.
     *
     * @param session one that may read the file
     * @param file where the file lies
     */
    String query(DataSession session, Path file) throws IOException, InterruptedException;

    /** What an error of the engine, met while the rows were read, says about this source. */
    EsteiraException explained(EsteiraException error);

    /** The source that a field {@code source} of the right shape names. */
    static Source of(Value.Fields source) {
        var parquet = source.fields("parquet");
        return parquet.text("path").isPresent()
                ? new ParquetSource(parquet.text("path").orElseThrow())
                : CsvSource.of(source.fields("csv"));
    }

    /** Reads all rows of the source as a data set in a folder below the session's. */
    default Dataset load(DataSession session, Path file, DatasetOptions options, Path folder)
            throws IOException, InterruptedException {
        try {
            return new DatasetWriter(session).write(query(session, file), List.of(), options, folder);
        } catch (EsteiraException e) {
            throw explained(e);
        }
    }
}
