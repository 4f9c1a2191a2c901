package dev.esteira.http;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Ticker;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One request from its head to the last byte of its answer. Thread-safe. */
final class Exchange implements io.helidon.webserver.http.Handler {

    private static final Logger LOG = LoggerFactory.getLogger("dev.esteira.http.access");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Router router;
    private final SiteCheck siteCheck;
    private final Guard guard;
    private final List<ErrorSurface> surfaces;
    private final Capacity capacity;
    private final RequestReader reader;
    private final Ticker ticker;

    Exchange(
            Router router,
            SiteCheck siteCheck,
            Guard guard,
            List<ErrorSurface> surfaces,
            Capacity capacity,
            RequestReader reader,
            Ticker ticker) {
        this.router = router;
        this.siteCheck = siteCheck;
        this.guard = guard;
        this.surfaces = surfaces;
        this.capacity = capacity;
        this.reader = reader;
        this.ticker = ticker;
    }

    Capacity capacity() {
        return capacity;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        var started = ticker.nanos();
        var head = reader.head(request);
        MDC.put("request", head.id());
        try {
            // Asked once: a stop that begins meanwhile must not change whether the request holds a place.
            if (head.rawPath().startsWith("/health/") && capacity.stopping()) {
                answer(head, request, response, false);
            } else if (enter(head, response)) {
                answer(head, request, response, true);
            }
        } finally {
            LOG.debug(
                    "{} {} {} {} us",
                    request.prologue().method().text(),
                    head.rawPath(),
                    response.status().code(),
                    (ticker.nanos() - started) / 1000);
            MDC.remove("request");
        }
    }

    private boolean enter(RequestHead head, ServerResponse response) {
        try {
            capacity.enter();
            return true;
        } catch (EsteiraException e) {
            send(failed(e, head).withHeader("Retry-After", "1"), head, false, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(interrupted(head), head, false, response);
        }
        return false;
    }

    private void answer(RequestHead bare, ServerRequest request, ServerResponse response, boolean entered) {
        var holds = entered;
        try {
            var isHead = request.prologue().method().text().equals("HEAD");
            var answer = respond(bare, request);
            if (answer.body() instanceof Response.Body.Events events && !isHead) {
                capacity.follow();
                try {
                    if (holds) {
                        holds = false;
                        capacity.leave();
                    }
                    follow(answer, events, bare, response);
                } finally {
                    capacity.unfollow();
                }
            } else {
                send(answer, bare, isHead, response);
            }
        } catch (EsteiraException e) {
            send(failed(e, bare), bare, false, response);
        } finally {
            if (holds) {
                capacity.leave();
            }
        }
    }

    private Response respond(RequestHead bare, ServerRequest request) {
        try {
            return handled(bare, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupted(bare);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            return failed(e, bare);
        }
    }

    private Response interrupted(RequestHead head) {
        return failed(new EsteiraException(HttpErrorCode.SERVER_STOPPING, "The server is stopping.", ""), head);
    }

    private Response handled(RequestHead bare, ServerRequest request) throws Exception {
        siteCheck.check(bare);
        var name = request.prologue().method().text();
        if (!METHODS.contains(name)) {
            throw notAllowed(name, bare.rawPath());
        }
        var method = name.equals("HEAD") || name.equals("OPTIONS") ? Method.GET : Method.valueOf(name);
        return switch (router.find(method, bare.rawPath())) {
            case Router.Match.Found found when name.equals("OPTIONS") -> Response.empty();
            case Router.Match.Found found -> run(found, reader.withQuery(bare, request), request);
            case Router.Match.OtherMethods others ->
                name.equals("OPTIONS")
                        ? allow(Response.empty(), others.allowed())
                        : allow(failed(notAllowed(name, bare.rawPath()), bare), others.allowed());
            case Router.Match.Nothing nothing ->
                throw new EsteiraException(
                        HttpErrorCode.UNKNOWN_ADDRESS,
                        "There is nothing at " + bare.rawPath() + ".",
                        "See /openapi.json for what there is.");
        };
    }

    private Response run(Router.Match.Found found, RequestHead head, ServerRequest request) throws Exception {
        var route = found.route();
        if (head.contentLength().orElse(0) > route.bodyLimit()) {
            throw LimitedStream.tooLarge(route.bodyLimit());
        }
        var content = request.content();
        var body = content.hasEntity()
                ? new LimitedStream(content.inputStream(), route.bodyLimit())
                : InputStream.nullInputStream();
        var unknown = new Request(head, found.parameters(), body, route, Caller.ANONYMOUS);
        var caller = guard.admit(unknown, route.access().orElseThrow());
        var answer = route.handler().handle(unknown.by(caller));
        return notModified(answer, head, route.method());
    }

    private static Response notModified(Response answer, RequestHead head, Method method) {
        var etag = answer.headers().get("ETag");
        var known = head.header("If-None-Match");
        if (method != Method.GET || etag == null || known.isEmpty() || answer.status() != 200) {
            return answer;
        }
        var version = etag.substring(1, etag.length() - 1);
        return head.names(known.get(), version) ? Response.empty(304).withEtag(version) : answer;
    }

    private static EsteiraException notAllowed(String method, String path) {
        return new EsteiraException(
                HttpErrorCode.METHOD_NOT_ALLOWED, "The address " + path + " does not know " + method + ".", "");
    }

    private static Response allow(Response response, Set<Method> methods) {
        return response.withHeader("Allow", methods.stream().map(Method::name).collect(Collectors.joining(", ")));
    }

    private Response failed(Throwable thrown, RequestHead head) {
        var problem = Problem.of(thrown, head.id());
        log(thrown, problem.code(), head);
        return surfaces.stream()
                .filter(surface -> head.rawPath().startsWith(surface.prefix()))
                .findFirst()
                .map(surface -> surface.body().render(problem))
                .orElseGet(problem::response);
    }

    private static void log(Throwable thrown, ErrorCode code, RequestHead head) {
        if (code.owner() == FaultOwner.ESTEIRA) {
            LOG.error("Request {} to {} failed", head.id(), head.rawPath(), thrown);
        } else if (code.owner() == FaultOwner.ENVIRONMENT) {
            LOG.warn("Request {} to {}: {}", head.id(), head.rawPath(), thrown.getMessage());
        } else {
            LOG.debug("Request {} to {}: {}", head.id(), head.rawPath(), thrown.getMessage());
        }
    }

    private static void start(Response answer, RequestHead head, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.header(HeaderNames.create("X-Request-Id"), head.id());
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        if (head.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        if (!answer.headers().containsKey("Cache-Control")) {
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
        }
    }

    private static void send(Response answer, RequestHead head, boolean headOnly, ServerResponse response) {
        start(answer, head, response);
        switch (answer.body()) {
            case Response.Body.Whole whole -> {
                var bytes = whole.bytes();
                if (headOnly) {
                    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
                    response.send();
                } else {
                    response.send(bytes);
                }
            }
            case Response.Body.Streamed(var length, var writer) -> {
                length.ifPresent(bytes -> response.header(HeaderNames.CONTENT_LENGTH, Long.toString(bytes)));
                if (headOnly) {
                    response.send();
                } else {
                    stream(response, writer);
                }
            }
            case Response.Body.Events events -> response.send();
        }
    }

    /** A body that breaks off must look broken to the client: the connection is closed without an end. */
    private static void stream(ServerResponse response, Response.Writer writer) {
        try {
            var out = response.outputStream();
            writer.writeTo(out);
            out.close();
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("The body of an answer broke off", e);
        }
    }

    private void follow(Response answer, Response.Body.Events events, RequestHead head, ServerResponse response) {
        start(answer, head, response);
        try {
            var out = response.outputStream();
            new EventWriter(events.feed(), capacity::stopping).writeTo(out, events.after());
            out.close();
        } catch (InterruptedException e) {
            throw new CloseConnectionException("The server stops", e);
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("The client of an event stream is gone", e);
        }
    }
}
