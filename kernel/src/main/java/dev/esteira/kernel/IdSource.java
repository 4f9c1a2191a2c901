package dev.esteira.kernel;

/** Makes ids. Passed in wherever an id is made, so that a test can say which ids come. Thread-safe. */
@FunctionalInterface
public interface IdSource {

    /** A new id: 26 characters of Crockford's base 32 in lower case, later ones sort later (ULID). */
    String next();
}
