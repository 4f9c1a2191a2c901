package dev.esteira.store;

import dev.esteira.kernel.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a result, read by column name. Instants are stored as microseconds since 1970 in UTC, digests as
 * 64 hexadecimal digits, flags as 0 or 1. Valid only during the call that hands it over.
 */
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    /** The result itself, for hot paths that read by position. */
    public ResultSet results() {
        return results;
    }

    /** A text that is there. */
    public String text(String column) throws SQLException {
        return present(results.getString(column), column);
    }

    /** A text, empty when null. */
    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(results.getString(column));
    }

    /** An integer that is there. */
    public long whole(String column) throws SQLException {
        var value = results.getLong(column);
        return wasNull() ? missing(column) : value;
    }

    /** An integer within 32 bits that is there. */
    public int integer(String column) throws SQLException {
        return Math.toIntExact(whole(column));
    }

    /** An integer, empty when null. */
    public Optional<Long> optionalWhole(String column) throws SQLException {
        var value = results.getLong(column);
        return wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A number, empty when null. */
    public Optional<Double> optionalNumber(String column) throws SQLException {
        var value = results.getDouble(column);
        return wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A number that is there. */
    public double number(String column) throws SQLException {
        var value = results.getDouble(column);
        return wasNull() ? missing(column) : value;
    }

    /** A flag, stored as 0 or 1. */
    public boolean flag(String column) throws SQLException {
        return whole(column) != 0;
    }

    /** A moment that is there. */
    public Instant instant(String column) throws SQLException {
        return instantOf(whole(column));
    }

    /** A moment, empty when null. */
    public Optional<Instant> optionalInstant(String column) throws SQLException {
        return optionalWhole(column).map(Row::instantOf);
    }

    /** A digest that is there. */
    public Digest digest(String column) throws SQLException {
        return new Digest(text(column));
    }

    /** A digest, empty when null. */
    public Optional<Digest> optionalDigest(String column) throws SQLException {
        return optionalText(column).map(Digest::new);
    }

    /** Bytes that are there. */
    public byte[] bytes(String column) throws SQLException {
        return present(results.getBytes(column), column);
    }

    /** Bytes, empty when null. */
    public Optional<byte[]> optionalBytes(String column) throws SQLException {
        return Optional.ofNullable(results.getBytes(column));
    }

    /** The moment that a number of microseconds since 1970 stands for. */
    public static Instant instantOf(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The microseconds since 1970 that stand for a moment; finer parts are cut off. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private boolean wasNull() throws SQLException {
        return results.wasNull();
    }

    private static long missing(String column) throws SQLException {
        throw new SQLException("Column '" + column + "' is null where a value must be");
    }

    private static <T> T present(@Nullable T value, String column) throws SQLException {
        if (value == null) {
            throw new SQLException("Column '" + column + "' is null where a value must be");
        }
        return value;
    }
}
