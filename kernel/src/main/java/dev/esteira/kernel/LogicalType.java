package dev.esteira.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The type of a column or parameter as people speak of it, whatever stores it. */
public enum LogicalType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    /** An instant in UTC. */
    TIMESTAMP,
    DECIMAL;

    /** The name in files, e.g. {@code timestamp}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that name, empty when there is none. */
    public static Optional<LogicalType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    /** Whether a value of this type can stand where the other is asked for: an integer satisfies a number. */
    public boolean satisfies(LogicalType asked) {
        return this == asked
                || (this == INTEGER && (asked == NUMBER || asked == DECIMAL))
                || (this == DECIMAL && asked == NUMBER);
    }

    /** Whether values of this type are numbers. */
    public boolean numeric() {
        return this == INTEGER || this == NUMBER || this == DECIMAL;
    }
}
