package dev.esteira.dataset;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;

/** Decides from the engine's parse of an SQL text whether it is one query. */
final class QueryCheck {

    private QueryCheck() {}

    /**
     * @param parsed the engine's answer to {@code json_serialize_sql}
     */
    static void require(String sql, String parsed) {
        var tree = Json.parseFields(parsed);
        if (tree.flag("error").orElse(false)) {
            throw refused(
                    sql,
                    tree.text("error_type").orElse(""),
                    tree.text("error_message").orElse("syntax error"),
                    tree.text("position").map(Integer::parseInt).orElse(0));
        }
        if (tree.items("statements").size() != 1) {
            throw new EsteiraException(
                    DatasetErrorCode.SQL_FORBIDDEN,
                    "The SQL text holds " + tree.items("statements").size() + " statements.",
                    "Write one query, beginning with select, with or from.");
        }
    }

    private static EsteiraException refused(String sql, String type, String message, int position) {
        if (!type.equals("parser")) {
            return new EsteiraException(
                    DatasetErrorCode.SQL_FORBIDDEN,
                    "The SQL text is not a plain query.",
                    "Write one query, beginning with select, with or from.");
        }
        var before = sql.substring(0, Math.clamp(position, 0, sql.length()));
        var line = before.chars().filter(character -> character == '\n').count() + 1;
        var column = before.length() - before.lastIndexOf('\n');
        return new EsteiraException(
                DatasetErrorCode.SQL_MALFORMED,
                "Line " + line + ", column " + column + ": " + EngineErrors.firstLine(message),
                "Correct the SQL text.");
    }
}
