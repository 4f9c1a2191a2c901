package dev.esteira.store;

import java.sql.SQLException;

/** Carries an error of a statement through code whose signature has no SQLException; only the database sees it. */
final class CarriedSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException carried;

    CarriedSqlException(SQLException carried) {
        super(carried);
        this.carried = carried;
    }

    SQLException carried() {
        return carried;
    }
}
