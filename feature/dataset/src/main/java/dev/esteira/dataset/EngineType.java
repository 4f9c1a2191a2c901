package dev.esteira.dataset;

import dev.esteira.dataset.DataSession.EngineColumn;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import java.util.Optional;
import java.util.Set;

/**
 * How a type of the engine becomes a logical type, and in which one form it is stored: integers as BIGINT, numbers as
 * DOUBLE with one zero and one NaN, timestamps as TIMESTAMP in UTC, rounded to microseconds, decimals and the rest as they are.
 */
final class EngineType {

    private static final Set<String> INTEGERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT");
    private static final Set<String> TEXTS = Set.of("VARCHAR", "UUID", "CHAR", "JSON");
    private static final Set<String> INSTANTS =
            Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE");

    private EngineType() {}

    /** The logical type, empty when there is none. */
    static Optional<LogicalType> logical(String type) {
        if (INTEGERS.contains(type)) {
            return Optional.of(LogicalType.INTEGER);
        }
        if (TEXTS.contains(type) || type.startsWith("ENUM")) {
            return Optional.of(LogicalType.STRING);
        }
        if (INSTANTS.contains(type)) {
            return Optional.of(LogicalType.TIMESTAMP);
        }
        if (type.startsWith("DECIMAL(") && !type.endsWith("]")) {
            return Optional.of(LogicalType.DECIMAL);
        }
        return switch (type) {
            case "DOUBLE", "FLOAT" -> Optional.of(LogicalType.NUMBER);
            case "BOOLEAN" -> Optional.of(LogicalType.BOOLEAN);
            case "DATE" -> Optional.of(LogicalType.DATE);
            default -> Optional.empty();
        };
    }

    /**
     * The logical type of a column.
     *
     * @throws EsteiraException COLUMN_TYPE_UNSUPPORTED
     */
    static LogicalType require(EngineColumn column) {
        return logical(column.type()).orElseThrow(() -> unsupported(column));
    }

    /** A type of the engine for columns of which only the logical type is known. */
    static String of(LogicalType type) {
        return switch (type) {
            case STRING -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case NUMBER -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case DECIMAL -> "DECIMAL(18, 3)";
        };
    }

    /** An SQL expression that gives a column in the form in which it is stored, under its name. */
    static String stored(EngineColumn column) {
        var name = DataEngine.quoted(column.name());
        return storedValue(column, name) + " AS " + name;
    }

    private static String storedValue(EngineColumn column, String name) {
        return switch (require(column)) {
            case INTEGER -> column.type().equals("BIGINT") ? name : "CAST(" + name + " AS BIGINT)";
            case NUMBER ->
                "CASE WHEN %1$s = 0 THEN CAST(0 AS DOUBLE) WHEN isnan(%1$s) THEN CAST('NaN' AS DOUBLE) ELSE CAST(%1$s AS DOUBLE) END"
                        .formatted(name);
            case STRING -> column.type().equals("VARCHAR") ? name : "CAST(" + name + " AS VARCHAR)";
            case TIMESTAMP -> column.type().equals("TIMESTAMP") ? name : "CAST(" + name + " AS TIMESTAMP)";
            case BOOLEAN, DATE, DECIMAL -> name;
        };
    }

    private static EsteiraException unsupported(EngineColumn column) {
        var isNull = column.type().contains("NULL");
        return new EsteiraException(
                DatasetErrorCode.COLUMN_TYPE_UNSUPPORTED,
                isNull
                        ? "Column '" + column.name() + "' has no type: all its values are a bare null."
                        : "Column '" + column.name() + "' has the type " + column.type()
                                + ", for which there is no logical type.",
                "Cast it to text, integer (bigint), number (double), boolean, date, timestamp or decimal, or leave it out.");
    }
}
