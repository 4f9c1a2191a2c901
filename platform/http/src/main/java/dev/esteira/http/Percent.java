package dev.esteira.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of RFC 3986. Everything is decoded exactly once, here and nowhere else. */
final class Percent {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Percent() {}

    static String encode(String text) {
        var out = new StringBuilder();
        for (var unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unit > 0 && UNRESERVED.indexOf(unit) >= 0) {
                out.append((char) unit);
            } else {
                out.append("%%%02X".formatted(unit & 0xff));
            }
        }
        return out.toString();
    }

    /** The decoded text, empty when an escape is broken or the bytes are not UTF-8. */
    static Optional<String> decode(String text) {
        return decode(text, false);
    }

    /** The same for query parameters, where a plus is a space. */
    static Optional<String> decodeQuery(String text) {
        return decode(text, true);
    }

    private static Optional<String> decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return Optional.of(text);
        }
        var source = text.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(source.length);
        for (var index = 0; index < source.length; index++) {
            var unit = source[index];
            if (unit == '%') {
                var value = index + 2 < source.length ? escape(source[index + 1], source[index + 2]) : -1;
                if (value < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) value);
                index += 2;
            } else {
                bytes.put(plusIsSpace && unit == '+' ? (byte) ' ' : unit);
            }
        }
        return utf8(bytes.flip());
    }

    private static int escape(byte high, byte low) {
        var h = Character.digit(high, 16);
        var l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
