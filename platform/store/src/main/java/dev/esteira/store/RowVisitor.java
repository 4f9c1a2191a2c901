package dev.esteira.store;

import java.sql.SQLException;

/** Looks at one row after the other. */
@FunctionalInterface
public interface RowVisitor {

    /**
     * Looks at a row.
     *
     * @throws SQLException when the row lacks a column or has another type
     */
    void visit(Row row) throws SQLException;
}
