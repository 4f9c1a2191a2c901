package dev.esteira.http;

import java.util.Optional;

/** Says whether a part of the server can do its work. Quick and thread-safe. */
@FunctionalInterface
public interface Readiness {

    /** One sentence why it cannot, empty when it can. */
    Optional<String> obstacle();
}
