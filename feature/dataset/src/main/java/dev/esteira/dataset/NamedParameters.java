package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * An SQL text whose parameters have names, made ready for the engine, which counts them.
 *
 * @param sql with {@code $1}, {@code $2} … in place of the names, without the semicolon at its end
 * @param parameters the values in that order
 */
public record NamedParameters(String sql, List<Value> parameters) {

    public NamedParameters {
        parameters = List.copyOf(parameters);
    }

    /**
     * Binds values to the names {@code $name} of an SQL text. Names inside texts, quoted identifiers and comments are
     * left alone.
     *
     * @throws EsteiraException SQL_PARAMETER_UNKNOWN when the text has a name without a value, or a value is not used
     */
    public static NamedParameters bind(String sql, Map<String, Value> values) {
        var scan = new Scan(sql);
        scan.run();
        var names = new ArrayList<>(scan.names);
        for (var name : names) {
            if (!values.containsKey(name)) {
                throw unknown("The SQL text uses $" + name + ", which is not bound.", name, values.keySet());
            }
        }
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw unknown("The SQL text does not use the bound parameter $" + name + ".", name, names);
            }
        }
        return new NamedParameters(
                scan.text(),
                names.stream()
                        .map(name -> values.getOrDefault(name, Value.NOTHING))
                        .toList());
    }

    private static EsteiraException unknown(String message, String name, Collection<String> others) {
        var remedy = NearestName.of(name, others)
                .map(near -> "Did you mean $" + near + "?")
                .orElse("Make 'bind' and the SQL text name the same parameters.");
        return new EsteiraException(DatasetErrorCode.SQL_PARAMETER_UNKNOWN, message, remedy);
    }

    /** Walks over the text once and knows in what it is: code, text, identifier or comment. */
    private static final class Scan {

        private final String sql;
        private final StringBuilder out = new StringBuilder();
        private final LinkedHashSet<String> names = new LinkedHashSet<>();
        private int at;
        private int codeEnd;

        Scan(String sql) {
            this.sql = sql;
        }

        void run() {
            while (at < sql.length()) {
                var start = at;
                var character = sql.charAt(at);
                if (character == '\'' || character == '"') {
                    copyTo(afterQuote(character, at + 1));
                } else if (sql.startsWith("--", at)) {
                    copyTo(until("\n"));
                } else if (sql.startsWith("/*", at)) {
                    copyTo(afterComment());
                } else if (character == '$') {
                    dollar();
                } else {
                    copyTo(at + 1);
                }
                if (!sql.startsWith("--", start)
                        && !sql.startsWith("/*", start)
                        && !Character.isWhitespace(character)) {
                    codeEnd = character == ';' ? codeEnd : out.length();
                }
            }
        }

        /** The text up to its last piece of code: semicolons and comments at the end are cut off. */
        String text() {
            return out.substring(0, codeEnd);
        }

        private void copyTo(int end) {
            out.append(sql, at, end);
            at = end;
        }

        private int until(String end) {
            var found = sql.indexOf(end, at);
            return found < 0 ? sql.length() : found;
        }

        private int afterQuote(char quote, int from) {
            var found = sql.indexOf(quote, from);
            return found < 0 ? sql.length() : found + 1;
        }

        private int afterComment() {
            var depth = 0;
            for (var index = at; index < sql.length() - 1; index++) {
                if (sql.startsWith("/*", index)) {
                    depth++;
                    index++;
                } else if (sql.startsWith("*/", index)) {
                    depth--;
                    index++;
                    if (depth == 0) {
                        return index + 1;
                    }
                }
            }
            return sql.length();
        }

        /** A parameter {@code $name}, or a text between {@code $tag$} and {@code $tag$}. */
        private void dollar() {
            var end = at + 1;
            while (end < sql.length() && isWord(sql.charAt(end))) {
                end++;
            }
            if (end < sql.length()
                    && sql.charAt(end) == '$'
                    && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)))) {
                var tag = sql.substring(at, end + 1);
                var close = sql.indexOf(tag, end + 1);
                copyTo(close < 0 ? sql.length() : close + tag.length());
            } else if (end == at + 1) {
                copyTo(end);
            } else {
                var name = sql.substring(at + 1, end);
                names.add(name);
                out.append('$').append(new ArrayList<>(names).indexOf(name) + 1);
                at = end;
            }
        }

        private static boolean isWord(char character) {
            return Character.isLetterOrDigit(character) || character == '_';
        }
    }
}
