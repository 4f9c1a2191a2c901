package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes errors of the data engine ours. */
final class EngineErrors {

    private static final Pattern HOST_PATH = Pattern.compile("(['\"])/[^'\"]*/([^'\"/]+)\\1");
    private static final Pattern NEAR = Pattern.compile("(?:Candidate bindings: |Did you mean )\"([^\"]+)\"");
    private static final Pattern PLACE = Pattern.compile("LINE (\\d+):");
    private static final Map<String, DatasetErrorCode> CODES = Map.ofEntries(
            Map.entry("Parser Error", DatasetErrorCode.SQL_MALFORMED),
            Map.entry("Binder Error", DatasetErrorCode.SQL_MALFORMED),
            Map.entry("Catalog Error", DatasetErrorCode.SQL_MALFORMED),
            Map.entry("Permission Error", DatasetErrorCode.SQL_FORBIDDEN),
            Map.entry("Conversion Error", DatasetErrorCode.SQL_FAILED),
            Map.entry("Out of Range Error", DatasetErrorCode.SQL_FAILED),
            Map.entry("Invalid Input Error", DatasetErrorCode.SQL_FAILED),
            Map.entry("Constraint Error", DatasetErrorCode.SQL_FAILED),
            Map.entry("Out of Memory Error", DatasetErrorCode.DATA_MEMORY_EXCEEDED),
            Map.entry("IO Error", DatasetErrorCode.DATA_ENGINE_FAILED));
    /** What the engine says of it, beside how to raise a limit that nobody here can raise. */
    static final String TOO_DEEP = "Max expression depth limit";

    private static final List<String> DISK_FULL = List.of("No space left", "Disk quota", "max_temp_directory_size");

    private EngineErrors() {}

    /** A query with more inside of each other than can be read. */
    static EsteiraException tooDeep(@Nullable Exception cause) {
        return new EsteiraException(
                DatasetErrorCode.SQL_MALFORMED,
                "The query holds too much inside of each other.",
                "Write it in several steps, or name parts of it with 'with'.",
                cause);
    }

    static EsteiraException translate(SQLException error) {
        var text = String.valueOf(error.getMessage());
        if (text.contains(TOO_DEEP)) {
            return tooDeep(error);
        }
        var code = code(text);
        return new EsteiraException(code, sentence(code, text), near(text).orElseGet(() -> remedy(code)), error);
    }

    static String firstLine(String text) {
        var line = text.strip().lines().findFirst().orElse("no message");
        var ended = line.endsWith(".") || line.endsWith("!") ? line : line + ".";
        return HOST_PATH.matcher(ended).replaceAll("'$2'");
    }

    /** The text without the kind of error before it, e.g. {@code Binder Error: }. */
    static String withoutKind(String text) {
        return kind(text).map(kind -> text.substring(kind.length() + 1).strip()).orElse(text);
    }

    private static DatasetErrorCode code(String text) {
        if (DISK_FULL.stream().anyMatch(text::contains)) {
            return DatasetErrorCode.DATA_DISK_FULL;
        }
        return kind(text).map(CODES::get).orElse(DatasetErrorCode.DATA_ENGINE_FAILED);
    }

    private static Optional<String> kind(String text) {
        return CODES.keySet().stream()
                .filter(kind -> text.startsWith(kind + ":"))
                .findFirst();
    }

    private static String sentence(DatasetErrorCode code, String text) {
        var what = firstLine(withoutKind(text));
        return switch (code) {
            case SQL_MALFORMED, SQL_FAILED -> place(text) + what;
            case SQL_FORBIDDEN -> "The query reaches for something outside its inputs: " + what;
            case DATA_MEMORY_EXCEEDED -> "The data engine ran out of memory: " + what;
            case DATA_DISK_FULL -> "The disk of the data directory is full, so not all rows could be written.";
            default -> "The data engine failed: " + what;
        };
    }

    private static String place(String text) {
        var matcher = PLACE.matcher(text);
        return matcher.find() ? "Line " + matcher.group(1) + ": " : "";
    }

    /** The engine names what is near below the sentence. */
    private static Optional<String> near(String text) {
        var matcher = NEAR.matcher(text);
        return matcher.find() ? Optional.of("Did you mean '" + matcher.group(1) + "'?") : Optional.empty();
    }

    private static String remedy(DatasetErrorCode code) {
        return switch (code) {
            case SQL_MALFORMED -> "Correct the SQL text.";
            case SQL_FAILED -> "Correct the values, or make the query ready for them, e.g. with try_cast.";
            case SQL_FORBIDDEN -> "Read from the step's inputs only.";
            case DATA_MEMORY_EXCEEDED -> "Raise the data engine's memory limit, or take fewer columns or rows.";
            case DATA_DISK_FULL -> "Make room on the disk of the data directory and run again.";
            default -> "Report it with the log.";
        };
    }
}
