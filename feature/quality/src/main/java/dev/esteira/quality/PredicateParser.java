package dev.esteira.quality;

import dev.esteira.document.Json;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the data engine's own parser read an expression and walks the tree that it gives: column references, constants,
 * comparisons, conjunctions, casts, cases and a closed list of functions; no subquery, no parameter, no aggregate, no
 * window, no file.
 */
final class PredicateParser {

    private static final Set<String> CLASSES = Set.of(
            "COLUMN_REF", "CONSTANT", "COMPARISON", "CONJUNCTION", "OPERATOR", "BETWEEN", "CASE", "CAST", "FUNCTION");
    private static final Set<String> FUNCTIONS = Set.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "//",
            "||",
            "~~",
            "!~~",
            "~~*",
            "!~~*",
            "abs",
            "round",
            "floor",
            "ceil",
            "ceiling",
            "sqrt",
            "ln",
            "exp",
            "sign",
            "greatest",
            "least",
            "coalesce",
            "nullif",
            "isnan",
            "isfinite",
            "isinf",
            "length",
            "lower",
            "upper",
            "trim",
            "ltrim",
            "rtrim",
            "substring",
            "substr",
            "starts_with",
            "ends_with",
            "contains",
            "prefix",
            "suffix",
            "regexp_matches",
            "regexp_full_match",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "date_part",
            "date_trunc",
            "date_diff",
            "datediff",
            "epoch",
            "mod",
            "power",
            "pow");

    @Limit(value = "A predicate in SQL of a check.", unit = "characters")
    private static final int LONGEST = 4_000;

    private PredicateParser() {}

    /** The expression may not stand in a query. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        RefusedException(String sentence, String remedy) {
            super(sentence);
            this.remedy = remedy;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }

        String remedy() {
            return remedy;
        }
    }

    /** The columns that an allowed expression reads. */
    static Set<String> columns(String expression) throws RefusedException {
        if (expression.length() > LONGEST) {
            throw new RefusedException(
                    "The expression is longer than " + LONGEST + " characters.", "Split it into several checks.");
        }
        var tree = parse(expression);
        if (tree.flag("error").orElse(true)) {
            throw new RefusedException(
                    "'" + expression + "' is no expression: "
                            + tree.text("error_message").orElse("it does not parse") + ".",
                    "Write one scalar SQL expression over the row's columns.");
        }
        var select = onlySelect(tree, expression);
        var items = select.items("select_list");
        if (items.size() != 1
                || !select.fields("from_table").text("type").orElse("").equals("EMPTY")) {
            throw oneExpression(expression);
        }
        var columns = new LinkedHashSet<String>();
        walk(items.getFirst().asFields().orElse(Value.Fields.EMPTY), columns);
        return columns;
    }

    private static Value.Fields parse(String expression) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, "SELECT (" + expression + "\n)");
            try (var result = statement.executeQuery()) {
                result.next();
                return Json.parse(result.getString(1)).asFields().orElse(Value.Fields.EMPTY);
            }
        } catch (SQLException e) {
            return Value.Fields.EMPTY.with("error_message", Value.of(String.valueOf(e.getMessage())));
        }
    }

    /** Why the data engine refuses a query with one text parameter, in its own words; empty when it takes it. */
    static Optional<String> fault(String query, String parameter) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            statement.executeQuery().close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(words(e));
        }
    }

    /**
     * Why an allowed expression is no condition over rows with these columns; empty when it is one.
     *
     * @param expression one that {@link #columns} let pass
     */
    static Optional<String> misfit(String expression, Schema schema) {
        var row = schema.columns().stream()
                .map(column -> "CAST(NULL AS " + Sql.type(column.type()) + ") AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement =
                        connection.prepareStatement("SELECT (" + expression + "\n) FROM (SELECT " + row + ")")) {
            var type = statement.getMetaData().getColumnTypeName(1);
            return type.equals("BOOLEAN")
                    ? Optional.empty()
                    : Optional.of("it gives a " + type.toLowerCase(Locale.ROOT) + ", not true or false");
        } catch (SQLException e) {
            return Optional.of(words(e));
        }
    }

    /** The first line of an error of the engine, without its kind. */
    private static String words(SQLException e) {
        var line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        var words = line.replaceFirst("^[A-Za-z ]*Error: ", "").strip();
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    private static Value.Fields onlySelect(Value.Fields tree, String expression) throws RefusedException {
        var statements = tree.items("statements");
        if (statements.size() != 1) {
            throw oneExpression(expression);
        }
        var node = statements.getFirst().asFields().orElse(Value.Fields.EMPTY).fields("node");
        var plain = node.text("type").orElse("").equals("SELECT_NODE")
                && node.items("modifiers").isEmpty()
                && node.fields("cte_map").items("map").isEmpty()
                && node.field("where_clause").isEmpty()
                && node.field("having").isEmpty()
                && node.field("qualify").isEmpty()
                && node.items("group_expressions").isEmpty();
        if (!plain) {
            throw oneExpression(expression);
        }
        return node;
    }

    private static void walk(Value value, Set<String> columns) throws RefusedException {
        switch (value) {
            case Value.Fields fields -> {
                var expressionClass = fields.text("class");
                if (expressionClass.isPresent()) {
                    visit(expressionClass.get(), fields, columns);
                }
                for (var child : fields.entries().values()) {
                    walk(child, columns);
                }
            }
            case Value.Sequence sequence -> {
                for (var item : sequence.items()) {
                    walk(item, columns);
                }
            }
            case Value.Text text -> {}
            case Value.Whole whole -> {}
            case Value.Real real -> {}
            case Value.Flag flag -> {}
            case Value.Nothing nothing -> {}
        }
    }

    private static void visit(String expressionClass, Value.Fields node, Set<String> columns) throws RefusedException {
        if (!CLASSES.contains(expressionClass)) {
            throw new RefusedException(
                    "A row predicate may not contain " + words(expressionClass) + ".",
                    "Use comparisons, arithmetic, and, or, not, between, in, like, case and simple functions.");
        }
        if (expressionClass.equals("COLUMN_REF")) {
            var names = node.items("column_names");
            columns.add(names.getLast().asText().orElse(""));
        }
        if (expressionClass.equals("FUNCTION")) {
            var name = node.text("function_name").orElse("").toLowerCase(Locale.ROOT);
            if (!FUNCTIONS.contains(name)) {
                throw new RefusedException(
                        "A row predicate may not call '" + name + "'.",
                        NearestName.of(name, FUNCTIONS)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("The functions are listed in the reference of checks."));
            }
        }
    }

    private static String words(String expressionClass) {
        return switch (expressionClass) {
            case "SUBQUERY" -> "a subquery";
            case "WINDOW" -> "a window";
            case "STAR" -> "a star";
            case "PARAMETER" -> "a parameter";
            case "LAMBDA" -> "a lambda";
            default -> expressionClass.toLowerCase(Locale.ROOT);
        };
    }

    private static RefusedException oneExpression(String expression) {
        return new RefusedException(
                "'" + expression + "' is more than one expression.",
                "Write one scalar SQL expression over the row's columns.");
    }
}
