package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at files on the local disk that are no data sets of a server. */
public final class PlainFiles {

    private final DataEngine engine;

    /** Files read by an engine. */
    public PlainFiles(DataEngine engine) {
        this.engine = engine;
    }

    /**
     * The source that a file name means: {@code .csv} and {@code .tsv} are CSV, {@code .parquet} is Parquet.
     *
     * @throws EsteiraException SOURCE_NOT_FOUND, or SOURCE_UNREADABLE for any other name
     */
    public static Source source(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new EsteiraException(
                    DatasetErrorCode.SOURCE_NOT_FOUND, "'" + file + "' is not a file.", "Check the path.");
        }
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet") || name.endsWith(".pq")) {
            return new ParquetSource(file.toString());
        }
        if (name.endsWith(".csv")) {
            return CsvSource.plain(file.toString());
        }
        if (name.endsWith(".tsv")) {
            return new CsvSource(file.toString(), "\t", true, List.of(), Map.of());
        }
        throw new EsteiraException(
                DatasetErrorCode.SOURCE_UNREADABLE,
                "'" + file + "' is neither Parquet nor CSV by its name.",
                "Give it a name that ends with .parquet, .csv or .tsv.");
    }

    /**
     * Reads a file as a data set in a folder, which holds nothing else and which the caller removes.
     *
     * @param threads at least 1
     * @throws EsteiraException what is wrong with the file
     * @throws InterruptedException when the caller was interrupted
     */
    public Dataset load(Source source, Path file, DatasetOptions options, Path folder, int threads)
            throws IOException, InterruptedException {
        try (var session = engine.open(folder, threads, List.of(file))) {
            return source.load(session, file, options, folder.resolve("data"));
        }
    }
}
