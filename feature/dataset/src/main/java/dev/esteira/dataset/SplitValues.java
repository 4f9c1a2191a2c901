package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Quantity;
import dev.esteira.kernel.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Boundaries and gaps on the scale of a column: microseconds for timestamps, days for dates, the number itself else. */
final class SplitValues {

    private static final double MICROS_PER_DAY = 86_400_000_000.0;

    private SplitValues() {}

    static void requireTime(Column column) {
        if (column.type() == LogicalType.STRING || column.type() == LogicalType.BOOLEAN) {
            throw mismatch(column, "is of type " + column.type().text() + ", by which time cannot be told");
        }
    }

    /**
     * A boundary: a date or timestamp in ISO 8601 (UTC where it names no zone), or a number for a numeric column. Exact
     * for every instant within 285 years of 1970, where microseconds are whole doubles.
     */
    static double boundary(Value value, Column column) {
        if (column.type().numeric()) {
            return value.asNumber()
                    .orElseThrow(() -> mismatch(column, "is numeric, but a boundary is " + value.kindName()));
        }
        var text =
                value.asText().orElseThrow(() -> mismatch(column, "is a time, but a boundary is " + value.kindName()));
        try {
            var micros = (double) ChronoUnit.MICROS.between(Instant.EPOCH, instant(text));
            return column.type() == LogicalType.DATE ? micros / MICROS_PER_DAY : micros;
        } catch (DateTimeException e) {
            throw new EsteiraException(
                    DatasetErrorCode.SPLIT_MALFORMED,
                    "The boundary '" + text + "' is no date or timestamp.",
                    "Write it like 2013-09-01 or 2013-09-01T04:00:00Z.",
                    e);
        }
    }

    /** A gap: a duration such as {@code 7d}, or a number for a numeric column. */
    static double gap(Value value, Column column) {
        if (column.type().numeric()) {
            return value.asNumber()
                    .orElseThrow(() -> mismatch(column, "is numeric, but the gap is " + value.kindName()));
        }
        var text = value.asText().orElseThrow(() -> mismatch(column, "is a time, but the gap is " + value.kindName()));
        var micros = Quantity.duration(text).toNanos() / 1_000.0;
        return column.type() == LogicalType.DATE ? micros / MICROS_PER_DAY : micros;
    }

    private static Instant instant(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        var iso = text.replace(' ', 'T');
        var zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static EsteiraException mismatch(Column column, String what) {
        return new EsteiraException(
                DatasetErrorCode.COLUMN_TYPE_MISMATCH,
                "The column '" + column.name() + "' " + what + ".",
                "Name a timestamp, date or numeric column, with boundaries and gap of its kind.");
    }
}
