package dev.esteira.dataset;

import dev.esteira.kernel.Column;

/** The form in which the JVM reads a stored column: BIGINT, DOUBLE, BOOLEAN or VARCHAR. */
final class NaturalForm {

    private NaturalForm() {}

    /** An SQL expression: timestamps as microseconds and dates as days since 1970, decimals as doubles. */
    static String of(Column column) {
        var name = DataEngine.quoted(column.name());
        return switch (column.type()) {
            case STRING, INTEGER, NUMBER -> name;
            case BOOLEAN -> "CAST(" + name + " AS BIGINT)";
            case DATE -> "CAST(" + name + " - DATE '1970-01-01' AS BIGINT)";
            case TIMESTAMP -> "epoch_us(" + name + ")";
            case DECIMAL -> "CAST(" + name + " AS DOUBLE)";
        };
    }
}
