package dev.esteira.http;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of requests, before and around what a feature does with them. */
public enum HttpErrorCode implements ErrorCode {
    MALFORMED_REQUEST(
            FaultOwner.CALLER, 400, "A path, query, header or body is not in the form that the route asks for."),
    UNAUTHENTICATED(FaultOwner.CALLER, 401, "The request says not who sends it; add the token of the server."),
    FORBIDDEN(FaultOwner.CALLER, 403, "Whoever sends the request may not do this."),
    HOST_REFUSED(
            FaultOwner.CALLER,
            403,
            "The request names a host that the server does not answer to; use its own address."),
    ORIGIN_REFUSED(FaultOwner.CALLER, 403, "The request comes from a web page of another site."),
    UNKNOWN_ADDRESS(FaultOwner.CALLER, 404, "There is nothing at this address; see /openapi.json."),
    METHOD_NOT_ALLOWED(FaultOwner.CALLER, 405, "The address does not know this method; see the Allow header."),
    BODY_TOO_LARGE(FaultOwner.CALLER, 413, "The body is larger than the route allows."),
    UNSUPPORTED_MEDIA_TYPE(FaultOwner.CALLER, 415, "The body is of another media type than the route reads."),
    PRECONDITION_FAILED(FaultOwner.CALLER, 412, "The thing was changed since it was read; read it again."),
    PRECONDITION_REQUIRED(FaultOwner.CALLER, 428, "The change must name the ETag it was made from, in If-Match."),
    IDEMPOTENCY_KEY_REUSED(
            FaultOwner.CALLER, 422, "The Idempotency-Key was used before with another request; make a new one."),
    SERVER_OVERLOADED(FaultOwner.ENVIRONMENT, 503, "Too many requests at once; try again after a moment."),
    SERVER_STOPPING(FaultOwner.ENVIRONMENT, 503, "The server is stopping; try again when it is back."),
    PORT_IN_USE(FaultOwner.ENVIRONMENT, 503, "Another program listens on the port; stop it or choose another port."),
    HOST_NOT_BOUND(FaultOwner.ENVIRONMENT, 503, "The machine has no such address to listen on; choose another host."),
    UNDECLARED_ROUTE(FaultOwner.ESTEIRA, 500, "A route does not say who may call it; the server does not start."),
    AMBIGUOUS_ROUTE(FaultOwner.ESTEIRA, 500, "Two routes answer the same address; the server does not start.");

    private final FaultOwner owner;
    private final int status;
    private final String description;

    HttpErrorCode(FaultOwner owner, int status, String description) {
        this.owner = owner;
        this.status = status;
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return owner;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String description() {
        return description;
    }
}
