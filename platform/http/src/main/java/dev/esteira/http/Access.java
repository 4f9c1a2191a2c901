package dev.esteira.http;

/** Who may call a route. Every route declares one; there is no default. */
public enum Access {
    /** Anybody who reaches the server, without a token: health and version only. */
    OPEN,
    /** Whoever may read the workspace. */
    READ,
    /** Whoever may change the workspace. */
    WRITE,
    /** Whoever owns the server. */
    OWNER
}
