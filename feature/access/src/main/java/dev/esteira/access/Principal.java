package dev.esteira.access;

import dev.esteira.http.Access;
import dev.esteira.http.Caller;
import java.util.Set;

/**
 * Somebody who may do things.
 *
 * @param name in rows that say who did something
 * @param may which declarations of routes the principal satisfies
 */
public record Principal(String name, Set<Access> may) {

    /** Whoever runs the server on this machine: owner of everything on it. */
    public static final Principal LOCAL_OWNER = new Principal("local", Set.of(Access.values()));

    public Principal {
        may = Set.copyOf(may);
    }

    /** How routes see the principal. */
    public Caller caller() {
        return new Caller(name);
    }
}
