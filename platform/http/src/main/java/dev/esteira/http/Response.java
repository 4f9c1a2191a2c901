package dev.esteira.http;

import dev.esteira.document.Json;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The answer to a request. Immutable; a streamed body is written once.
 *
 * @param headers by name, in the order of their addition
 */
public record Response(int status, Map<String, String> headers, Body body) {

    /** What stands in an answer. */
    public sealed interface Body {

        /** Bytes that are there already; none for an empty answer. */
        final class Whole implements Body {

            private final byte[] bytes;

            Whole(byte[] bytes) {
                this.bytes = bytes.clone();
            }

            /** A copy of the bytes. */
            public byte[] bytes() {
                return bytes.clone();
            }
        }

        /**
         * Bytes that are written while they are sent.
         *
         * @param length in bytes, where it is known
         */
        record Streamed(OptionalLong length, Writer writer) implements Body {}

        /**
         * Server-sent events.
         *
         * @param after the last event that the client has
         */
        record Events(long after, EventFeed feed) implements Body {}
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {

        /** Writes all bytes; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("HTTP has no final status " + status);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Status 200 with JSON. */
    public static Response json(Value value) {
        return json(200, value);
    }

    /** JSON with a status. */
    public static Response json(int status, Value value) {
        return bytes(status, "application/json", Json.bytes(value));
    }

    /** Status 201 with JSON and the address of what was made. */
    public static Response created(String location, Value value) {
        return json(201, value).withHeader("Location", location);
    }

    /** Status 200 with a part of a list: {@code {"items": […], "nextPageToken": …}}. */
    public static Response page(Page<? extends Value> page) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put(
                "items",
                new Value.Sequence(
                        page.items().stream().<Value>map(item -> item).toList()));
        page.nextPageToken().ifPresent(token -> fields.put("nextPageToken", Value.of(token)));
        return json(Value.ofFields(fields));
    }

    /** Status 200 with text in UTF-8. */
    public static Response text(String text) {
        return bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a media type. */
    public static Response bytes(int status, String mediaType, byte[] bytes) {
        return new Response(status, Map.of("Content-Type", mediaType), new Body.Whole(bytes));
    }

    /** Status 204, nothing to say. */
    public static Response empty() {
        return empty(204);
    }

    /** A status without a body. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), new Body.Whole(new byte[0]));
    }

    /** Status 200 with a body that is written while it is sent, e.g. text lines. */
    public static Response stream(String mediaType, OptionalLong length, Writer writer) {
        return new Response(200, Map.of("Content-Type", mediaType), new Body.Streamed(length, writer));
    }

    /**
     * Status 200 with content that somebody uploaded or a step made: always as a file to save, never shown by a browser
     * as a page of this server.
     *
     * @param fileName the name to save it under
     */
    public static Response download(String fileName, OptionalLong length, Writer writer) {
        return stream("application/octet-stream", length, writer)
                .withHeader("Content-Disposition", "attachment; filename*=UTF-8''" + Percent.encode(fileName))
                .withHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    /**
     * Server-sent events after those that the client has.
     *
     * @param after see {@link Request#eventsAfter()}
     */
    public static Response events(long after, EventFeed feed) {
        return new Response(
                200,
                Map.of("Content-Type", "text/event-stream", "X-Accel-Buffering", "no"),
                new Body.Events(after, feed));
    }

    /** The same answer with one more header, or another value for it. */
    public Response withHeader(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("A header value is visible ASCII: " + name);
        }
        var changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Response(status, changed, body);
    }

    /**
     * The same answer with an ETag; a GET whose If-None-Match names it is answered with 304.
     *
     * @param version whatever changes when the thing changes, without quotes
     */
    public Response withEtag(String version) {
        return withHeader("ETag", '"' + version + '"');
    }
}
