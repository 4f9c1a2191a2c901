package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A CSV file (RFC 4180) in UTF-8: fields quoted by {@code "}, a quote inside doubled. Types that are not given are found
 * from all values: the first of integer, number, boolean, date, timestamp that fits every one, else string. A number
 * with zeros before it, such as a postal code, is a string.
 *
 * @param delimiter one character
 * @param header whether the first line names the columns; else they are numbered from 1
 * @param nullTokens unquoted fields that mean a missing value; an empty one always does
 * @param columns types of columns, by name; the others are found
 */
public record CsvSource(
        String path, String delimiter, boolean header, List<String> nullTokens, Map<String, LogicalType> columns)
        implements Source {

    private static final int BUFFER_BYTES = 1 << 18;
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern FIELDS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");

    public CsvSource {
        nullTokens = List.copyOf(nullTokens);
        columns = Map.copyOf(columns);
    }

    static CsvSource of(Value.Fields fields) {
        var types = new LinkedHashMap<String, LogicalType>();
        fields.fields("columns")
                .entries()
                .forEach((name, type) ->
                        type.asText().flatMap(LogicalType::of).ifPresent(logical -> types.put(name, logical)));
        return new CsvSource(
                fields.text("path").orElse(""),
                fields.text("delimiter").orElse(","),
                fields.flag("header").orElse(true),
                fields.items("nullTokens").stream()
                        .flatMap(token -> token.asText().stream())
                        .toList(),
                types);
    }

    @Override
    public Optional<Schema> outline(Path file) throws IOException {
        var names = names(file);
        return columns.keySet().containsAll(names)
                ? Optional.of(new Schema(names.stream()
                        .map(name -> new Column(
                                name, columns.getOrDefault(name, LogicalType.STRING), true, Optional.empty()))
                        .toList()))
                : Optional.empty();
    }

    @Override
    public String query(DataSession session, Path file) throws IOException, InterruptedException {
        var names = names(file);
        requireText(file);
        load(session, file, names);
        var types = CsvTypes.of(session, names, columns, this);
        return types.entrySet().stream()
                .map(type -> type.getValue().cast(type.getKey()) + " AS " + DataEngine.quoted(type.getKey()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + CsvTypes.TABLE));
    }

    /** The engine takes a NUL byte for a character, and later queries end at it. */
    private void requireText(Path file) throws IOException {
        var line = 1L;
        var buffer = new byte[BUFFER_BYTES];
        try (var in = Files.newInputStream(file)) {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (var index = 0; index < count; index++) {
                    if (buffer[index] == '\n') {
                        line++;
                    } else if (buffer[index] == 0) {
                        throw new EsteiraException(
                                DatasetErrorCode.CSV_MALFORMED,
                                "'" + path + ":" + line + "' has a NUL byte, which no text file should hold.",
                                "Export the file again, in UTF-8.");
                    }
                }
            }
        }
    }

    /** All fields as texts, into a table of the session. */
    private void load(DataSession session, Path file, List<String> names) throws InterruptedException {
        var typed = names.stream()
                .map(name -> DataEngine.literal(name) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        var nulls = new LinkedHashSet<>(nullTokens);
        nulls.add("");
        var tokens = nulls.stream().map(DataEngine::literal).collect(Collectors.joining(", ", "[", "]"));
        var sql = """
                CREATE TEMP TABLE %s AS SELECT * FROM read_csv(%s, auto_detect = false, columns = %s, delim = %s,
                    quote = '"', escape = '"', header = %s, nullstr = %s, allow_quoted_nulls = false,
                    strict_mode = true, compression = 'none')""".formatted(
                        CsvTypes.TABLE,
                        DataEngine.literal(file.toAbsolutePath().toString()),
                        typed,
                        DataEngine.literal(delimiter),
                        header,
                        tokens);
        try {
            session.execute(sql);
        } catch (EsteiraException e) {
            throw lineExplained(e);
        }
    }

    private List<String> names(Path file) throws IOException {
        var first = CsvHead.fields(file, delimiter.charAt(0), path);
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (var index = 0; index < first.size(); index++) {
            var name = header ? first.get(index).strip() : "column" + (index + 1);
            if (name.isEmpty()) {
                throw unnamed("Column " + (index + 1) + " of '" + path + "' has no name.");
            }
            if (names.put(name.toLowerCase(Locale.ROOT), name) != null) {
                throw unnamed("Two columns of '" + path + "' are called '" + name + "', upper and lower case alike.");
            }
        }
        for (var given : columns.keySet()) {
            if (!names.containsValue(given)) {
                throw new EsteiraException(
                        DatasetErrorCode.COLUMN_UNKNOWN,
                        "'" + path + "' has no column '" + given + "'.",
                        NearestName.of(given, names.values())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("The columns are: " + String.join(", ", names.values()) + "."));
            }
        }
        return List.copyOf(names.values());
    }

    @Override
    public EsteiraException explained(EsteiraException error) {
        return error;
    }

    private EsteiraException lineExplained(EsteiraException error) {
        var cause = error.getCause();
        var text = cause == null ? error.explanation() : String.valueOf(cause.getMessage());
        if (error.code() != DatasetErrorCode.SQL_FAILED) {
            return error;
        }
        var line = LINE.matcher(text);
        var place = "'" + path + (line.find() ? ":" + line.group(1) : "") + "'";
        return new EsteiraException(
                DatasetErrorCode.CSV_MALFORMED,
                place + " " + what(text),
                "Correct the line, or export the file again.",
                error);
    }

    private static String what(String text) {
        var fields = FIELDS.matcher(text);
        if (fields.find()) {
            return "has " + fields.group(2) + " fields where " + fields.group(1) + " are expected.";
        }
        if (text.contains("unterminated quote")) {
            return "has a quote that is not closed, or text after a closing quote.";
        }
        if (text.contains("invalid unicode") || text.contains("Invalid unicode")) {
            return "has bytes that are not UTF-8.";
        }
        if (text.contains("Maximum line size")) {
            return "has a line that is too long, which often means a quote that is not closed.";
        }
        return "is not CSV after RFC 4180, or mixes two kinds of line ends.";
    }

    private static EsteiraException unnamed(String message) {
        return new EsteiraException(
                DatasetErrorCode.SOURCE_UNNAMED_COLUMN,
                message,
                "Give every column a name of its own in the first line.");
    }
}
