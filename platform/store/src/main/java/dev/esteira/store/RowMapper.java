package dev.esteira.store;

import java.sql.SQLException;

/** Makes a value of a row. */
@FunctionalInterface
public interface RowMapper<T> {

    /**
     * The value of the row.
     *
     * @throws SQLException when the row lacks a column or has another type
     */
    T map(Row row) throws SQLException;
}
