package dev.esteira.http;

/** Answers requests of one route. Thread-safe. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request. A thrown {@link dev.esteira.kernel.EsteiraException} becomes the error answer of its code;
     * any other exception is logged and becomes INTERNAL_ERROR without details.
     */
    Response handle(Request request) throws Exception;
}
