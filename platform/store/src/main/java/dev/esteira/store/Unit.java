package dev.esteira.store;

import java.sql.SQLException;

/**
 * What is done in one transaction: all of it or nothing. It may run again when the database asks for it, so it changes
 * nothing but rows and does no other input or output; it does not keep the transaction, and does not call the database
 * that runs it.
 */
@FunctionalInterface
public interface Unit<T> {

    /**
     * Does the work.
     *
     * @throws SQLException when a statement failed; the database classifies it
     */
    T in(SqlTx tx) throws SQLException;
}
