package dev.esteira.http;

import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.Limit;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the head of a request as it came, without trusting any of it. */
final class RequestReader {

    @Limit(value = "Parameters in the query of an address.", unit = "parameters")
    private static final int MAX_QUERY_PARAMETERS = 1000;

    private final IdSource ids;

    RequestReader(IdSource ids) {
        this.ids = ids;
    }

    /** The head without its query, which may be malformed. */
    RequestHead head(ServerRequest request) {
        var headers = request.headers();
        return new RequestHead(
                ids.next(),
                request.prologue().uriPath().rawPath(),
                Map.of(),
                name -> value(headers, name),
                headers.contentLength());
    }

    /** The same with its query. */
    RequestHead withQuery(RequestHead head, ServerRequest request) {
        var query = query(request.prologue().query().rawValue());
        return new RequestHead(head.id(), head.rawPath(), query, head.headerValue(), head.contentLength());
    }

    /** A header sent more than once becomes a list, which the headers that may stand only once then are not. */
    private static Optional<String> value(Headers headers, String name) {
        var values = headers.all(HeaderNames.create(name), List::of);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    static Map<String, List<String>> query(String raw) {
        var query = new LinkedHashMap<String, List<String>>();
        if (raw.isEmpty()) {
            return query;
        }
        var parts = raw.split("&", MAX_QUERY_PARAMETERS + 1);
        if (parts.length > MAX_QUERY_PARAMETERS) {
            throw Request.malformed("The query has more than " + MAX_QUERY_PARAMETERS + " parameters.", "");
        }
        for (var part : parts) {
            if (!part.isEmpty()) {
                var equals = part.indexOf('=');
                var name = decode(equals < 0 ? part : part.substring(0, equals));
                var value = equals < 0 ? "" : decode(part.substring(equals + 1));
                query.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private static String decode(String text) {
        return Percent.decodeQuery(text)
                .orElseThrow(() -> Request.malformed("The query has a broken percent escape.", ""));
    }
}
