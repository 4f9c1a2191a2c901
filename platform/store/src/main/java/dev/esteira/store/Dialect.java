package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What really differs between the databases; everything else is one SQL text for both: {@code INSERT … ON CONFLICT},
 * {@code RETURNING}, window functions, {@code LIMIT}. Stateless and thread-safe.
 */
public sealed interface Dialect permits SqliteDialect, PostgresDialect {

    /** The name for people, e.g. {@code SQLite}. */
    String name();

    /** What the names in migration scripts stand for. */
    Map<String, String> types();

    /**
     * What ends a query that takes rows which others may take at the same time, with a space before it; nothing where
     * writers take turns anyway.
     */
    String skipLocked();

    /**
     * A condition that compares an expression with a pattern of {@code %} and {@code _}, upper and lower case apart and
     * no character escaped; its one argument is {@link #likePattern} of the pattern.
     */
    String like(String expression);

    /** The argument that {@link #like} needs for a pattern. */
    String likePattern(String pattern);

    /** The same where upper and lower case are alike, at least in ASCII; its one argument is the pattern itself. */
    String likeAnyCase(String expression);

    /** Whether a statement failed because a row with that key is there already. */
    boolean uniqueViolation(SQLException error);

    /** Whether the same unit may succeed when it is run again at once. */
    boolean worthRepeating(SQLException error);

    /** What a failed statement means to people. */
    EsteiraException explain(SQLException error);

    /** The tables of Esteira's schema, in the order of their names. */
    List<String> tables(Connection connection) throws SQLException;
}
