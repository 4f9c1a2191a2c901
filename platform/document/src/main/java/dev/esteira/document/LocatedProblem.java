package dev.esteira.document;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;

/**
 * Something wrong at a place of a file.
 *
 * @param file as the person names it
 * @param line from 1
 * @param column from 1, in code points
 * @param message one sentence that names the offending value
 * @param remedy what to do, one sentence; empty when the message says it
 */
public record LocatedProblem(String file, int line, int column, ErrorCode code, String message, String remedy) {

    private static final int SHOWN = 120;

    /** {@code file:line:column: message remedy (CODE)}, on one line. */
    public String render() {
        var end = remedy.isEmpty() ? "" : " " + remedy;
        return file + ":" + line + ":" + column + ": " + message + end + " (" + code.name() + ")";
    }

    /**
     * The same, followed by the line of the file and a caret below the place, for terminals.
     *
     * @param text of the file
     */
    public String render(String text) {
        var lines = text.split("\\R", -1);
        if (line > lines.length) {
            return render();
        }
        var codePoints = lines[line - 1].replace('\t', ' ').codePoints().toArray();
        var place = Math.min(column - 1, codePoints.length);
        var from = Math.max(0, place - SHOWN / 2);
        var shown = new String(codePoints, from, Math.min(codePoints.length - from, SHOWN));
        return render() + "\n  " + shown.stripTrailing() + "\n  " + " ".repeat(place - from) + "^";
    }

    /** The fields {@code file}, {@code line}, {@code column}, {@code code}, {@code message} and {@code remedy}. */
    public Value.Fields toValue() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("file", Value.of(file));
        fields.put("line", Value.of(line));
        fields.put("column", Value.of(column));
        fields.put("code", Value.of(code.name()));
        fields.put("message", Value.of(message));
        fields.put("remedy", Value.of(remedy));
        return new Value.Fields(fields);
    }
}
