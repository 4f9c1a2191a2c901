package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import java.util.Locale;

/**
 * Renders trees to SQL for DuckDB. A rendered number is a DOUBLE that is NULL where it is missing and never NaN; the
 * cases that the engine would answer with an error or with NaN are spelled out.
 */
final class SqlRendering {

    private final String rows;

    /** @param rows the alias of the table with the raw rows */
    SqlRendering(String rows) {
        this.rows = rows;
    }

    /** The SQL expression of a node; a {@link Node.Lookup} reads the alias of its table, joined by {@link #join}. */
    String render(Node node) {
        return switch (node) {
            case Node.Column(var name, var kind) -> column(name, kind);
            case Node.Constant(var value) -> number(value);
            case Node.Text(var value) -> DataEngine.literal(value);
            case Node.Arithmetic(var operator, var left, var right) -> arithmetic(operator, left, right);
            case Node.Function(var name, var argument) -> function(name, render(argument));
            case Node.Missing(var argument) -> "(CASE WHEN " + render(argument) + " IS NULL THEN 1e0 ELSE 0e0 END)";
            case Node.Coalesce(var first, var second) -> "coalesce(" + render(first) + ", " + render(second) + ")";
            case Node.Equals(var argument, var value) ->
                "(CASE WHEN " + render(argument) + " = " + DataEngine.literal(value) + " THEN 1e0 ELSE 0e0 END)";
            case Node.Clip(var argument, var low, var high) -> clip(render(argument), number(low), number(high));
            case Node.Lookup lookup -> lookup(lookup);
        };
    }

    /** The join that a lookup needs; {@code table} holds the columns {@code key} and {@code number}. */
    String join(Node.Lookup lookup) {
        return "LEFT JOIN " + table(lookup.table()) + " ON " + table(lookup.table()) + ".key = "
                + render(lookup.argument());
    }

    /** The name of a fitted table in SQL: one of its own, since tables are called like columns, such as {@code d}. */
    static String table(String name) {
        return DataEngine.quoted("lookup " + name);
    }

    private String column(String name, Node.Kind kind) {
        var reference = rows + "." + DataEngine.quoted(name);
        return kind == Node.Kind.TEXT ? reference : withoutNan("CAST(" + reference + " AS DOUBLE)");
    }

    private String arithmetic(Node.Arithmetic.Operator operator, Node left, Node right) {
        var one = render(left);
        var other = render(right);
        var joined = "(" + one + " " + operator.symbol() + " " + other + ")";
        return operator == Node.Arithmetic.Operator.DIVIDE
                ? withoutNan("(" + one + " / nullif(" + other + ", 0e0))")
                : withoutNan(joined);
    }

    private static String function(Node.Function.Name name, String argument) {
        var call = name.name().toLowerCase(Locale.ROOT) + "(" + argument + ")";
        return switch (name) {
            case ABS -> call;
            case EXP -> call;
            case LN -> "(CASE WHEN " + argument + " > 0e0 THEN " + call + " END)";
            case SQRT -> "(CASE WHEN " + argument + " >= 0e0 THEN " + call + " END)";
            case SIN, COS -> "(CASE WHEN isfinite(" + argument + ") THEN " + call + " END)";
        };
    }

    private static String clip(String argument, String low, String high) {
        return "(CASE WHEN " + argument + " < " + low + " THEN " + low + " WHEN " + argument + " > " + high + " THEN "
                + high + " ELSE " + argument + " END)";
    }

    private String lookup(Node.Lookup lookup) {
        return "(CASE WHEN " + render(lookup.argument()) + " IS NULL THEN " + number(lookup.whenMissing())
                + " ELSE coalesce(" + table(lookup.table()) + ".number, " + number(lookup.otherwise()) + ") END)";
    }

    /** The engine holds NaN equal to NaN, so this takes it out without writing the expression twice. */
    private static String withoutNan(String expression) {
        return "nullif(" + expression + ", CAST('nan' AS DOUBLE))";
    }

    /** A cast from text, since a bare decimal literal would be a DECIMAL. */
    static String number(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }
}
