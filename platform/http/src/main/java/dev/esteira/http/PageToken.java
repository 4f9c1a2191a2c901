package dev.esteira.http;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The opaque text that says where the next page of a list starts. Not secret: it holds what the page showed last. */
public final class PageToken {

    @Limit(value = "A token of the next page.", unit = "characters")
    private static final int MAX_LENGTH = 4096;

    private PageToken() {}

    /**
     * A token for the page after some item.
     *
     * @param list the name of the list
     * @param position what the list needs to go on, e.g. the sort key of the last item
     */
    public static String encode(String list, Value.Fields position) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("l", Value.of(list));
        fields.put("p", position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(Value.ofFields(fields)));
    }

    /**
     * The position in a token.
     *
     * @throws EsteiraException MALFORMED_PAGE_TOKEN when this list did not make it
     */
    public static Value.Fields decode(String list, String token) {
        try {
            if (token.length() > MAX_LENGTH) {
                throw malformed();
            }
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            var fields = Json.parseFields(text);
            if (!fields.text("l").equals(Optional.of(list))) {
                throw malformed();
            }
            return fields.fields("p");
        } catch (IllegalArgumentException | EsteiraException e) {
            throw malformed();
        }
    }

    private static EsteiraException malformed() {
        return new EsteiraException(
                KernelErrorCode.MALFORMED_PAGE_TOKEN,
                "The page token was not given out by this list.",
                "Start again without a page token.");
    }
}
