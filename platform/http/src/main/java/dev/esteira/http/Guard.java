package dev.esteira.http;

/** Decides who may call. Asked once for each request that found its route, before the handler. Thread-safe. */
@FunctionalInterface
public interface Guard {

    /**
     * Lets the request pass or throws.
     *
     * @return who calls
     * @throws dev.esteira.kernel.EsteiraException UNAUTHENTICATED or FORBIDDEN
     */
    Caller admit(Request request, Access access);
}
