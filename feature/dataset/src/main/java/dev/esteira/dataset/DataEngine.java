package dev.esteira.dataset;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens sessions of the data engine, DuckDB, inside this process. The native library is loaded with the first session,
 * so a server that runs no data step never pays for it. Thread-safe.
 */
public final class DataEngine {

    /** Name and version of the engine: part of what decides the bytes of a data set. */
    public static final String VERSION = "DuckDB 2.0.0";

    /** The memory of a session when nobody says otherwise, in bytes. */
    public static final long DEFAULT_MEMORY_BYTES = 1L << 30;

    @Limit(value = "Threads of one session of the data engine.", unit = "threads")
    private static final int THREADS_MAX = 256;

    private final long memoryBytes;

    /**
     * @param memoryBytes the largest memory of a session, in bytes, at least 64 MiB; beyond it the session writes to
     *     its folder
     */
    public DataEngine(long memoryBytes) {
        if (memoryBytes < 64L << 20) {
            throw new IllegalArgumentException("A data session needs at least 64 MiB, not " + memoryBytes);
        }
        this.memoryBytes = memoryBytes;
    }

    /**
     * Opens a session that can read the files given, read and write below one folder, and reach nothing else: no other
     * file, no network, no extension, no setting. Its time zone is UTC.
     *
     * @param directory where the session may write; made when missing
     * @param threads at least 1; results do not depend on it
     * @param readable files, not folders
     * @throws IOException when the folder cannot be made
     * @throws InterruptedException when the caller was interrupted; nothing is open then
     * @throws dev.esteira.kernel.EsteiraException DATA_ENGINE_FAILED when the engine does not start
     */
    public DataSession open(Path directory, int threads, Collection<Path> readable)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return DataSession.start(new Opening(
                memoryBytes,
                Math.clamp(threads, 1, THREADS_MAX),
                Optional.of(directory.toAbsolutePath()),
                List.copyOf(readable)));
    }

    /**
     * Opens a session that reaches no file at all, on tables without rows: for asking what queries over them would give.
     *
     * @param tables the columns of each by its name
     * @throws InterruptedException when the caller was interrupted; nothing is open then
     * @throws dev.esteira.kernel.EsteiraException DATA_ENGINE_FAILED when the engine does not start
     */
    public DataSession openEmpty(Map<String, Schema> tables) throws InterruptedException {
        var session = DataSession.start(new Opening(memoryBytes, 1, Optional.empty(), List.of()));
        try {
            for (var table : tables.entrySet()) {
                var columns = table.getValue().columns().stream()
                        .map(column -> quoted(column.name()) + " " + EngineType.of(column.type()))
                        .collect(Collectors.joining(", ", " (", ")"));
                session.execute("CREATE TABLE " + quoted(table.getKey()) + columns);
            }
            return session;
        } catch (InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** An identifier in SQL, whatever characters it has. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A text constant in SQL, for the few places where the engine takes no parameter, such as paths in a FROM. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /**
     * What a session is opened with.
     *
     * @param directory where it may write; empty for nowhere
     */
    record Opening(long memoryBytes, int threads, Optional<Path> directory, List<Path> readable) {
        Opening {
            readable = List.copyOf(readable);
        }
    }
}
