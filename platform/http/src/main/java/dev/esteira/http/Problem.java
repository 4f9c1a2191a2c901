package dev.esteira.http;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What went wrong with a request, as RFC 9457 has it, with a stable code and what to do.
 *
 * @param detail one sentence: what is wrong and where
 * @param remedy one sentence: what to do
 * @param requestId to find the request in the log
 */
public record Problem(ErrorCode code, String detail, Optional<String> remedy, String requestId) {

    /** The media type of {@link #response()}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** What a caller is told of an exception: nothing but its id when the fault is Esteira's own. */
    public static Problem of(Throwable thrown, String requestId) {
        if (thrown instanceof EsteiraException known) {
            return new Problem(known.code(), known.explanation(), known.remedy(), requestId);
        }
        return new Problem(
                KernelErrorCode.INTERNAL_ERROR,
                "Esteira failed on this request in a way it should not.",
                Optional.of("Look for request " + requestId + " in the server's log and report it."),
                requestId);
    }

    /** The fields of the answer. */
    public Value.Fields body() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("type", Value.of("about:blank"));
        fields.put("title", Value.of(code.description()));
        fields.put("status", Value.of(code.status()));
        fields.put("code", Value.of(code.name()));
        fields.put("detail", Value.of(detail));
        remedy.ifPresent(sentence -> fields.put("remedy", Value.of(sentence)));
        fields.put("owner", Value.of(code.owner().name()));
        fields.put("instance", Value.of("urn:esteira:request:" + requestId));
        return Value.ofFields(fields);
    }

    /** The answer in problem+json. */
    public Response response() {
        return Response.json(code.status(), body()).withHeader("Content-Type", MEDIA_TYPE);
    }
}
