package dev.esteira.http;

import dev.esteira.kernel.Limit;
import java.util.Optional;

/**
 * One address and what answers it.
 *
 * @param path literal segments, {@code {name}} for one segment and, at the end only, {@code {name*}} for all that
 *     follows, e.g. {@code /api/v1/artifacts/{digest}/files/{path*}}
 * @param access who may call it; a server with a route that leaves this empty does not start
 * @param summary one sentence for the generated API description
 * @param bodyLimit the largest body in bytes
 */
public record Route(
        Method method, String path, Handler handler, Optional<Access> access, String summary, long bodyLimit) {

    /** The largest body where a route says nothing else: 8 MiB. */
    @Limit(value = "The body of a request, where its address says nothing else.", unit = "bytes")
    public static final long DEFAULT_BODY_LIMIT = 8L << 20;

    /** A route that reads. */
    public static Route get(String path, Handler handler) {
        return of(Method.GET, path, handler);
    }

    /** A route that creates or acts. */
    public static Route post(String path, Handler handler) {
        return of(Method.POST, path, handler);
    }

    /** A route that sets what is at its address. */
    public static Route put(String path, Handler handler) {
        return of(Method.PUT, path, handler);
    }

    /** A route that changes a part of what is at its address. */
    public static Route patch(String path, Handler handler) {
        return of(Method.PATCH, path, handler);
    }

    /** A route that removes what is at its address. */
    public static Route delete(String path, Handler handler) {
        return of(Method.DELETE, path, handler);
    }

    /** A route without an access declaration, to be declared with {@link #access(Access)}. */
    public static Route of(Method method, String path, Handler handler) {
        return new Route(method, path, handler, Optional.empty(), "", DEFAULT_BODY_LIMIT);
    }

    /** The same route, declared. */
    public Route access(Access declared) {
        return new Route(method, path, handler, Optional.of(declared), summary, bodyLimit);
    }

    /** The same route with a sentence for the API description. */
    public Route describedAs(String sentence) {
        return new Route(method, path, handler, access, sentence, bodyLimit);
    }

    /** The same route with another largest body, in bytes. */
    public Route bodyLimit(long bytes) {
        return new Route(method, path, handler, access, summary, bytes);
    }
}
