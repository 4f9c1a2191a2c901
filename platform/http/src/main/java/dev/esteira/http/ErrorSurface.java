package dev.esteira.http;

/**
 * Addresses whose errors look another way than problem+json.
 *
 * @param prefix of the path, e.g. {@code /api/2.0/mlflow/}
 */
public record ErrorSurface(String prefix, ErrorBody body) {}
