package dev.esteira.http;

/**
 * Who sent a request, as far as the {@link Guard} found out.
 *
 * @param name for rows that say who did something, e.g. {@code local}
 */
public record Caller(String name) {

    /** A caller of whom nothing is known, on open routes. */
    public static final Caller ANONYMOUS = new Caller("anonymous");
}
