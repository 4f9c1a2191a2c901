package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the first record of a CSV file. */
final class CsvHead {

    @Limit(value = "The first line of a CSV file.", unit = "bytes")
    private static final int LENGTH_MAX = 4 << 20;

    private CsvHead() {}

    static List<String> fields(Path file, char delimiter, String path) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LENGTH_MAX);
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        var start = text.startsWith("\ufeff") ? 1 : 0;
        while (start < text.length() && (text.charAt(start) == '\n' || text.charAt(start) == '\r')) {
            start++;
        }
        if (start == text.length()) {
            throw malformed("'" + path + "' is empty.", "Give it a line that names the columns.");
        }
        return fields(text, start, delimiter, path);
    }

    private static List<String> fields(String text, int start, char delimiter, String path) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var at = start; at < text.length(); at++) {
            var character = text.charAt(at);
            if (quoted) {
                if (character != '"') {
                    field.append(character);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    field.append('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else if (character == '"' && field.isEmpty()) {
                quoted = true;
            } else if (character == delimiter) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (character == '\n' || character == '\r') {
                break;
            } else {
                field.append(character);
            }
        }
        if (quoted) {
            throw malformed("'" + path + ":1' has a quote that is not closed.", "Close it.");
        }
        fields.add(field.toString());
        if (fields.stream().anyMatch(name -> name.indexOf('\0') >= 0 || name.indexOf('\ufffd') >= 0)) {
            throw malformed("'" + path + ":1' has bytes that are not UTF-8.", "Export the file again, in UTF-8.");
        }
        return fields;
    }

    private static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(DatasetErrorCode.CSV_MALFORMED, message, remedy);
    }
}
