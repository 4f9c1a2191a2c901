package dev.esteira.store;

import java.sql.SQLException;

/** A {@link Unit} without an answer. */
@FunctionalInterface
public interface Action {

    /**
     * Does the work.
     *
     * @throws SQLException when a statement failed; the database classifies it
     */
    void in(SqlTx tx) throws SQLException;
}
