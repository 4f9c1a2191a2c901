package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes names and values as SQL, so that none is ever read as anything else. */
final class Sql {

    private Sql() {}

    static String name(String identifier) {
        return DataEngine.quoted(identifier);
    }

    static String names(List<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    static String text(String value) {
        return DataEngine.literal(value);
    }

    /** A cast from text, since a bare decimal literal would be a DECIMAL. */
    static String number(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }

    static String count(String condition) {
        return "count(*) FILTER (WHERE " + condition + ")";
    }

    /** The columns are all there. */
    static String present(List<String> columns) {
        return columns.stream().map(column -> name(column) + " IS NOT NULL").collect(Collectors.joining(" AND "));
    }

    /** A value as a literal that a column of a type can be compared with; empty when it is of another kind. */
    static Optional<String> literal(Value value, Column column) {
        return switch (column.type()) {
            case STRING -> value.asText().map(Sql::text);
            case BOOLEAN -> value.asFlag().map(flag -> flag ? "TRUE" : "FALSE");
            case INTEGER ->
                value instanceof Value.Whole(var whole)
                        ? Optional.of(Long.toString(whole))
                        : value.asNumber().map(Sql::number);
            case NUMBER, DECIMAL -> value.asNumber().map(Sql::number);
            case TIMESTAMP -> value.asText().flatMap(Sql::instant);
            case DATE -> value.asText().flatMap(Sql::date);
        };
    }

    private static Optional<String> instant(String text) {
        try {
            return Optional.of("TIMESTAMP '"
                    + Instant.parse(text).toString().replace("T", " ").replace("Z", "") + "'");
        } catch (DateTimeParseException e) {
            return date(text).map(day -> "CAST(" + day + " AS TIMESTAMP)");
        }
    }

    private static Optional<String> date(String text) {
        try {
            return Optional.of("DATE '" + LocalDate.parse(text) + "'");
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The SQL type that holds a logical type, for casts from text. */
    static String type(LogicalType type) {
        return switch (type) {
            case STRING -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case NUMBER, DECIMAL -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }
}
