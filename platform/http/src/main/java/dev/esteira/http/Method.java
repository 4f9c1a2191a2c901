package dev.esteira.http;

/** The methods that routes have. HEAD is answered from GET, OPTIONS from the table of routes. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
