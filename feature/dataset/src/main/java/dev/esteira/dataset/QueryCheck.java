package dev.esteira.dataset;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides from the engine's parse of an SQL text whether it is one query, and what that reads. Nothing runs, yet the
 * parser may end its process at a text with very much inside of each other: for texts of others, use a process that may
 * end.
 */
public final class QueryCheck {

    private QueryCheck() {}

    /**
     * A table that a query reads.
     *
     * @param line where it is named, from 1
     * @param column from 1
     */
    public record Table(String name, int line, int column) {}

    /**
     * The tables that a query reads, but for those that it makes itself, in the order of the text. Names are compared
     * without regard to case, as the engine does.
     *
     * @param sql may hold parameters {@code $name}
     * @throws EsteiraException SQL_MALFORMED with {@code Line 2, column 5: } before the message, SQL_FORBIDDEN,
     *     DATA_ENGINE_FAILED
     */
    public static List<Table> tables(String sql) {
        var tree = tree(sql, parsed(sql));
        var own = new HashSet<String>();
        var read = new ArrayList<Table>();
        walk(tree, sql, own, read);
        return read.stream()
                .filter(table -> !own.contains(table.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String parsed(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, sql);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException e) {
            throw EngineErrors.translate(e);
        }
    }

    private static void walk(Value value, String sql, Set<String> own, List<Table> read) {
        switch (value) {
            case Value.Sequence(var items) -> items.forEach(item -> walk(item, sql, own, read));
            case Value.Fields fields -> {
                fields.fields("cte_map")
                        .items("map")
                        .forEach(item -> item.asFields()
                                .flatMap(entry -> entry.text("key"))
                                .ifPresent(name -> own.add(name.toLowerCase(Locale.ROOT))));
                var table = fields.text("table_name");
                if (table.isPresent() && fields.text("type").orElse("").equals("BASE_TABLE")) {
                    var place = place(sql, fields.whole("query_location").orElse(0L));
                    read.add(new Table(table.get(), place.line(), place.column()));
                }
                fields.entries().values().forEach(item -> walk(item, sql, own, read));
            }
            default -> {}
        }
    }

    /**
     * @param parsed the engine's answer to {@code json_serialize_sql}
     */
    static void require(String sql, String parsed) {
        tree(sql, parsed);
    }

    private static Value.Fields tree(String sql, String parsed) {
        var tree = read(parsed);
        if (tree.flag("error").orElse(false)) {
            throw refused(
                    sql,
                    tree.text("error_type").orElse(""),
                    tree.text("error_message").orElse("syntax error"),
                    tree.text("position").map(Long::parseLong).orElse(0L));
        }
        if (tree.items("statements").size() != 1) {
            throw new EsteiraException(
                    DatasetErrorCode.SQL_FORBIDDEN,
                    "The SQL text holds " + tree.items("statements").size() + " statements.",
                    "Write one query, beginning with select, with or from.");
        }
        return tree;
    }

    private static Value.Fields read(String parsed) {
        try {
            return Json.parseFields(parsed);
        } catch (EsteiraException e) {
            throw EngineErrors.tooDeep(e);
        }
    }

    private static EsteiraException refused(String sql, String type, String message, long position) {
        if (message.contains(EngineErrors.TOO_DEEP)) {
            throw EngineErrors.tooDeep(null);
        }
        if (!type.equals("parser")) {
            return new EsteiraException(
                    DatasetErrorCode.SQL_FORBIDDEN,
                    "The SQL text is not a plain query.",
                    "Write one query, beginning with select, with or from.");
        }
        var place = place(sql, position);
        return new EsteiraException(
                DatasetErrorCode.SQL_MALFORMED,
                "Line " + place.line() + ", column " + place.column() + ": " + EngineErrors.firstLine(message),
                "Correct the SQL text.");
    }

    private record Place(int line, int column) {}

    /** The engine counts bytes of UTF-8. */
    private static Place place(String sql, long offset) {
        var bytes = sql.getBytes(StandardCharsets.UTF_8);
        var before = new String(bytes, 0, Math.clamp(offset, 0, bytes.length), StandardCharsets.UTF_8);
        var line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        var start = before.lastIndexOf('\n') + 1;
        return new Place(line, before.codePointCount(start, before.length()) + 1);
    }
}
