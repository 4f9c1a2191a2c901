package dev.esteira.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The one canonical text of a {@link Value}: JSON Canonicalization Scheme, RFC 8785 (fields sorted by UTF-16 code
 * units, no white space, numbers as ECMAScript writes them). Whole numbers beyond 2^53 are written with all their
 * digits, which the RFC leaves to agreement. Every digest of a document is taken over this text.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** The canonical text. */
    public static String text(Value value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** The canonical text in UTF-8. */
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The digest of the canonical text. */
    public static Digest digest(Value value) {
        return Digest.of(bytes(value));
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Text(var text) -> writeText(text, out);
            case Value.Whole(var whole) -> out.append(whole);
            case Value.Real(var real) -> out.append(number(real));
            case Value.Flag(var flag) -> out.append(flag);
            case Value.Nothing nothing -> out.append("null");
            case Value.Sequence(var items) -> writeItems(items, out);
            case Value.Fields fields -> writeFields(fields, out);
        }
    }

    private static void writeItems(List<Value> items, StringBuilder out) {
        out.append('[');
        for (var index = 0; index < items.size(); index++) {
            if (index > 0) {
                out.append(',');
            }
            write(items.get(index), out);
        }
        out.append(']');
    }

    private static void writeFields(Value.Fields fields, StringBuilder out) {
        var names = new ArrayList<>(fields.entries().keySet());
        names.sort(null);
        out.append('{');
        for (var index = 0; index < names.size(); index++) {
            if (index > 0) {
                out.append(',');
            }
            writeText(names.get(index), out);
            out.append(':');
            write(fields.entries().getOrDefault(names.get(index), Value.NOTHING), out);
        }
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (var index = 0; index < text.length(); index++) {
            writeCharacter(text.charAt(index), out);
        }
        out.append('"');
    }

    private static void writeCharacter(char character, StringBuilder out) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (character < ' ') {
                    out.append("\\u%04x".formatted((int) character));
                } else {
                    out.append(character);
                }
            }
        }
    }

    /** ECMAScript's Number::toString: shortest digits, plain from 1e-6 up to 1e21, else with an exponent. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        var shortest = shortest(Math.abs(value));
        var digits = shortest.unscaledValue().toString();
        var point = digits.length() - shortest.scale();
        var sign = value < 0 ? "-" : "";
        if (point > 21 || point < -5) {
            return sign + withExponent(digits, point - 1);
        }
        return sign + shortest.toPlainString();
    }

    /** Java writes two digits even where one tells the number: 4.9E-324 for what ECMAScript calls 5e-324. */
    private static BigDecimal shortest(double positive) {
        var decimal = new BigDecimal(Double.toString(positive)).stripTrailingZeros();
        var oneDigit = decimal.round(new MathContext(1)).stripTrailingZeros();
        return oneDigit.doubleValue() == positive ? oneDigit : decimal;
    }

    private static String withExponent(String digits, int exponent) {
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}
