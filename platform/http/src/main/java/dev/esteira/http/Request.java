package dev.esteira.http;

import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that found its route. Used by one thread. */
public final class Request {

    /** The header that names the workspace; without it the default one is meant. */
    public static final String WORKSPACE_HEADER = "Esteira-Workspace";

    private final RequestHead head;
    private final Map<String, String> parameters;
    private final InputStream body;
    private final Route route;
    private final Caller caller;
    private byte @Nullable [] bytes;

    Request(RequestHead head, Map<String, String> parameters, InputStream body, Route route, Caller caller) {
        this.head = head;
        this.parameters = Map.copyOf(parameters);
        this.body = body;
        this.route = route;
        this.caller = caller;
    }

    Request by(Caller admitted) {
        return new Request(head, parameters, body, route, admitted);
    }

    /** The method. */
    public Method method() {
        return route.method();
    }

    /** The path as sent, still encoded, without the query. */
    public String rawPath() {
        return head.rawPath();
    }

    /** The id of this request, for the log. */
    public String id() {
        return head.id();
    }

    /** Who sent it. */
    public Caller caller() {
        return caller;
    }

    /**
     * The workspace that it is about.
     *
     * @throws EsteiraException MALFORMED_NAME
     */
    public WorkspaceName workspace() {
        return header(WORKSPACE_HEADER).map(WorkspaceName::new).orElse(WorkspaceName.DEFAULT);
    }

    /**
     * What stands for {@code {name}} in the path, decoded once. A {@code {name*}} holds slashes, but no empty, {@code .}
     * or {@code ..} segment and no backslash; it is still data: whoever opens a file by it checks again.
     */
    public String parameter(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route " + route.path() + " has no parameter " + name);
        }
        return value;
    }

    /** The first value of a query parameter, empty when there is none. */
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    /** All values of a query parameter in their order. */
    public List<String> queryAll(String name) {
        return head.query().getOrDefault(name, List.of());
    }

    /**
     * A query parameter that is read, e.g. by {@code Integer::parseInt}.
     *
     * @param what what it must be, for the error, e.g. {@code a whole number}
     * @throws EsteiraException MALFORMED_REQUEST when the reader throws IllegalArgumentException
     */
    public <T> Optional<T> query(String name, String what, Function<String, T> reader) {
        return query(name).map(text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw malformed(
                        "The query parameter '" + name + "' is '" + text + "', not " + what + ".",
                        "Send " + what + ".");
            }
        });
    }

    /** A header, empty when it is missing. Names are the same in upper and lower case. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** The length that the request says its body has, in bytes. */
    public OptionalLong contentLength() {
        return head.contentLength();
    }

    /**
     * The body as it arrives. It ends with BODY_TOO_LARGE beyond the route's limit.
     *
     * @see #json()
     */
    public InputStream stream() {
        return body;
    }

    /** The whole body. May be called again. */
    public byte[] bytes() throws IOException {
        if (bytes == null) {
            bytes = body.readAllBytes();
        }
        return bytes.clone();
    }

    /**
     * The body as JSON.
     *
     * @throws EsteiraException UNSUPPORTED_MEDIA_TYPE when the request does not say it is JSON; MALFORMED_JSON
     */
    public Value json() throws IOException {
        var type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        var essence = type.split(";", 2)[0].strip();
        if (!essence.equals("application/json") && !essence.endsWith("+json")) {
            throw new EsteiraException(
                    HttpErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body of " + route.method() + " " + rawPath() + " is "
                            + (essence.isEmpty() ? "of no media type" : essence) + ".",
                    "Send JSON with the header Content-Type: application/json.");
        }
        var limit = (int) Math.min(route.bodyLimit(), Integer.MAX_VALUE - 8);
        return Json.parse(bytes(), JsonLimits.DEFAULT.withMaxLength(limit));
    }

    /**
     * The body as a JSON map; no fields when the body is empty.
     *
     * @throws EsteiraException as {@link #json()}; MALFORMED_REQUEST when it is another kind of value
     */
    public Value.Fields fields() throws IOException {
        if (bytes().length == 0) {
            return Value.Fields.EMPTY;
        }
        var value = json();
        return value.asFields()
                .orElseThrow(() -> malformed("The body is " + value.kindName() + ", not a map.", "Start it with '{'."));
    }

    /**
     * Which part of a list is asked for.
     *
     * @param list the name of the list, so that a token of another one is refused
     * @throws EsteiraException MALFORMED_REQUEST, MALFORMED_PAGE_TOKEN
     */
    public PageRequest page(String list) {
        int size = query("pageSize", "a whole number from 1 to " + PageRequest.MAX_SIZE, Request::pageSize)
                .orElse(PageRequest.DEFAULT_SIZE);
        return new PageRequest(
                size, query("pageToken").filter(t -> !t.isEmpty()).map(token -> PageToken.decode(list, token)));
    }

    private static int pageSize(String text) {
        var size = Integer.parseInt(text);
        if (size < 1 || size > PageRequest.MAX_SIZE) {
            throw new IllegalArgumentException();
        }
        return size;
    }

    /**
     * The last event that the client has: the header {@code Last-Event-ID} of a browser that comes back, else the query
     * parameter {@code after}, else 0.
     */
    public long eventsAfter() {
        var header = header("Last-Event-ID").filter(text -> text.matches("\\d{1,18}"));
        return header.map(Long::parseLong)
                .orElseGet(() ->
                        query("after", "a sequence number", Request::sequence).orElse(0L));
    }

    private static long sequence(String text) {
        var sequence = Long.parseLong(text);
        if (sequence < 0) {
            throw new IllegalArgumentException();
        }
        return sequence;
    }

    /**
     * The key under which this request may be sent again, empty when the caller gave none.
     *
     * @throws EsteiraException MALFORMED_REQUEST when it is too long or has other characters
     */
    public Optional<IdempotencyKey> idempotencyKey() throws IOException {
        var header = header("Idempotency-Key");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        var key = header.get();
        if (!key.matches("[!-~]{1,200}")) {
            throw malformed("The Idempotency-Key is malformed.", "Use 1 to 200 visible ASCII characters.");
        }
        var digest = Digest.sha256();
        digest.update((route.method() + " " + rawPath() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes());
        return Optional.of(new IdempotencyKey(key, Digest.ofFinished(digest)));
    }

    /**
     * Checks that the change was made from the current version, which If-Match must name.
     *
     * @param version as given to {@link Response#withEtag}
     * @throws EsteiraException PRECONDITION_REQUIRED without If-Match, PRECONDITION_FAILED with another version
     */
    public void requireMatch(String version) {
        var wanted = header("If-Match")
                .orElseThrow(() -> new EsteiraException(
                        HttpErrorCode.PRECONDITION_REQUIRED,
                        "The change of " + rawPath() + " does not say which version it was made from.",
                        "Send the ETag of the last read in the header If-Match."));
        if (!head.names(wanted, version)) {
            throw new EsteiraException(
                    HttpErrorCode.PRECONDITION_FAILED,
                    "What is at " + rawPath() + " was changed since you read it.",
                    "Read it again and repeat the change.");
        }
    }

    static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(HttpErrorCode.MALFORMED_REQUEST, message, remedy);
    }
}
