package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Finds the types of texts from all of them, or holds them to the types given. */
final class CsvTypes {

    /** The table of the session with all fields as texts. */
    static final String TABLE = "csv_texts";

    private static final List<LogicalType> FOUND = List.of(
            LogicalType.INTEGER, LogicalType.NUMBER, LogicalType.BOOLEAN, LogicalType.DATE, LogicalType.TIMESTAMP);

    @Limit(value = "Digits of a decimal number.", unit = "digits")
    private static final int DECIMAL_DIGITS = 38;

    @Limit(value = "Digits behind the point of a decimal number.", unit = "digits")
    private static final int DECIMAL_SCALE_MAX = 18;

    private CsvTypes() {}

    /**
     * The type of a column.
     *
     * @param scale digits after the point, for decimals
     */
    record Typed(LogicalType type, int scale) {

        /** An SQL expression of the typed value. */
        String cast(String name) {
            var column = DataEngine.quoted(name);
            return switch (type) {
                case STRING -> column;
                case INTEGER -> "CAST(" + column + " AS BIGINT)";
                case NUMBER -> "CAST(" + column + " AS DOUBLE)";
                case BOOLEAN -> "CAST(" + column + " AS BOOLEAN)";
                case DATE -> "CAST(" + column + " AS DATE)";
                case TIMESTAMP -> "CAST(CAST(" + column + " AS TIMESTAMPTZ) AS TIMESTAMP)";
                case DECIMAL -> "CAST(" + column + " AS DECIMAL(" + DECIMAL_DIGITS + ", " + scale + "))";
            };
        }
    }

    static SequencedMap<String, Typed> of(
            DataSession session, List<String> names, Map<String, LogicalType> given, CsvSource source)
            throws InterruptedException {
        var questions =
                names.stream().map(name -> questions(DataEngine.quoted(name))).collect(Collectors.joining(", "));
        var width = FOUND.size() + 2;
        var answers = session.row("SELECT " + questions + " FROM " + TABLE, List.of(), row -> {
            var counts = new ArrayList<Long>();
            for (var index = 1; index <= names.size() * width; index++) {
                counts.add(row.getLong(index));
            }
            return counts;
        });
        var types = new LinkedHashMap<String, Typed>();
        for (var index = 0; index < names.size(); index++) {
            var name = names.get(index);
            var counts = answers.subList(index * width, (index + 1) * width);
            var scale = Math.toIntExact(Math.min(DECIMAL_SCALE_MAX, counts.getLast()));
            var asked = Optional.ofNullable(given.get(name));
            if (asked.isPresent()) {
                requireFit(session, name, asked.get(), scale, source);
            }
            types.put(name, new Typed(asked.orElseGet(() -> found(counts)), scale));
        }
        return types;
    }

    /** Values there, those of each type, and the most digits after a point. */
    private static String questions(String column) {
        var fits = FOUND.stream()
                .map(type -> "count(*) FILTER (" + fits(type, column) + ")")
                .collect(Collectors.joining(", "));
        return "count(%1$s), %2$s, coalesce(max(length(regexp_extract(%1$s, '^[+-]?[0-9]*[.]([0-9]+)$', 1))), 0)"
                .formatted(column, fits);
    }

    private static LogicalType found(List<Long> counts) {
        var present = counts.getFirst();
        for (var index = 0; index < FOUND.size(); index++) {
            if (present > 0 && counts.get(index + 1).equals(present)) {
                return FOUND.get(index);
            }
        }
        return LogicalType.STRING;
    }

    /** Whether a text is written as values of a type are, and within its range. */
    private static String fits(LogicalType type, String column) {
        return switch (type) {
            case STRING -> column + " IS NOT NULL";
            case INTEGER ->
                "regexp_full_match(%1$s, '[+-]?(0|[1-9][0-9]{0,18})') AND try_cast(%1$s AS BIGINT) IS NOT NULL"
                        .formatted(column);
            case NUMBER ->
                "regexp_full_match(%1$s, '[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?(inf|Inf|infinity|Infinity)|nan|NaN') AND try_cast(%1$s AS DOUBLE) IS NOT NULL"
                        .formatted(column);
            case DECIMAL ->
                "regexp_full_match(%1$s, '[+-]?[0-9]+([.][0-9]*)?') AND try_cast(%1$s AS DECIMAL(38, 18)) IS NOT NULL"
                        .formatted(column);
            case BOOLEAN -> "lower(" + column + ") IN ('true', 'false')";
            case DATE ->
                "regexp_full_match(%1$s, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND try_cast(%1$s AS DATE) IS NOT NULL"
                        .formatted(column);
            case TIMESTAMP ->
                "regexp_full_match(%1$s, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?') AND try_cast(%1$s AS TIMESTAMPTZ) IS NOT NULL"
                        .formatted(column);
        };
    }

    private static void requireFit(DataSession session, String name, LogicalType type, int scale, CsvSource source)
            throws InterruptedException {
        var column = DataEngine.quoted(name);
        var fits = switch (type) {
            case INTEGER ->
                "regexp_full_match(%1$s, '[+-]?[0-9]+') AND try_cast(%1$s AS BIGINT) IS NOT NULL".formatted(column);
            case NUMBER -> "try_cast(" + column + " AS DOUBLE) IS NOT NULL";
            case DECIMAL -> "try_cast(%s AS DECIMAL(38, %s)) IS NOT NULL".formatted(column, scale);
            case BOOLEAN -> "try_cast(" + column + " AS BOOLEAN) IS NOT NULL";
            case STRING, DATE, TIMESTAMP -> fits(type, column);
        };
        var misfits = session.rows(
                "SELECT rowid + 1, left(%1$s, 100) FROM %2$s WHERE %1$s IS NOT NULL AND NOT (%3$s) ORDER BY rowid LIMIT 1"
                        .formatted(column, TABLE, fits),
                List.of(),
                row -> "row " + row.getLong(1) + ": column '" + name + "' holds '" + row.getString(2) + "'");
        if (!misfits.isEmpty()) {
            throw new EsteiraException(
                    DatasetErrorCode.CSV_VALUE_MISFIT,
                    "'" + source.path() + "', " + misfits.getFirst() + ", which is not of type " + type.text() + ".",
                    "Correct the value, name it in nullTokens, or give the column the type string.");
        }
    }
}
