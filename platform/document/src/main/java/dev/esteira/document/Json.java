package dev.esteira.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads and writes JSON (RFC 8259) as {@link Value}. Reading is strict: no comments, no trailing text, no key twice, no
 * half of a surrogate pair, no number outside the range of a double; whole numbers beyond 64 bits become the nearest
 * {@link Value.Real}. Writing keeps the order of fields and the canonical form of numbers, so a whole {@link Value.Real}
 * comes back as {@link Value.Whole}. Thread-safe.
 */
public final class Json {

    private static final int NUMBER_LENGTH = 400;
    private static final int NAME_LENGTH = 10_000;
    private static final JsonFactory DEFAULT = newFactory(JsonLimits.DEFAULT);

    private Json() {}

    /**
     * Reads one value within the default limits.
     *
     * @throws EsteiraException MALFORMED_JSON with line and column
     */
    public static Value parse(String text) {
        return parse(text, JsonLimits.DEFAULT);
    }

    /**
     * Reads one value.
     *
     * @throws EsteiraException MALFORMED_JSON with line and column
     */
    public static Value parse(String text, JsonLimits limits) {
        if (text.length() > limits.maxLength()) {
            throw tooLarge(limits);
        }
        try (var parser = factory(limits).createParser(new StringReader(text))) {
            return document(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one value from UTF-8.
     *
     * @throws EsteiraException MALFORMED_JSON with line and column
     */
    public static Value parse(byte[] utf8, JsonLimits limits) {
        try {
            return read(new ByteArrayInputStream(utf8), limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one value from a stream of UTF-8, which the caller closes. No more than the limit is kept in memory.
     *
     * @throws IOException when the stream cannot be read
     * @throws EsteiraException MALFORMED_JSON with line and column
     */
    public static Value read(InputStream utf8, JsonLimits limits) throws IOException {
        var bytes = utf8.readNBytes(limits.maxLength() + 1);
        if (bytes.length > limits.maxLength()) {
            throw tooLarge(limits);
        }
        return parse(Utf8.text(bytes).orElseThrow(Json::notUtf8), limits);
    }

    /**
     * Reads a map within the default limits.
     *
     * @throws EsteiraException MALFORMED_JSON when it is not JSON or another kind of value
     */
    public static Value.Fields parseFields(String text) {
        return parse(text).asFields().orElseThrow(() -> malformed("The JSON text is not a map.", "Start it with '{'."));
    }

    /** The value on one line, without spaces. */
    public static String text(Value value) {
        var out = new StringBuilder();
        new JsonWriter(out, false).write(value, 0);
        return out.toString();
    }

    /** The value in UTF-8 on one line, without spaces. */
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The value over several lines, for people; ends without a line break. */
    public static String pretty(Value value) {
        var out = new StringBuilder();
        new JsonWriter(out, true).write(value, 0);
        return out.toString();
    }

    private static JsonFactory factory(JsonLimits limits) {
        return limits.equals(JsonLimits.DEFAULT) ? DEFAULT : newFactory(limits);
    }

    private static JsonFactory newFactory(JsonLimits limits) {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxNumberLength(NUMBER_LENGTH)
                .maxNameLength(NAME_LENGTH)
                .maxStringLength(limits.maxTextLength())
                .build();
        return new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    private static Value document(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw malformed("The JSON text is empty.", "Send a JSON text.");
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw malformedAt(parser, "There is text after the end of the JSON value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw malformed(sentence(e), "Split the document.");
        } catch (JsonProcessingException e) {
            throw malformed(sentence(e), "Mend the JSON there.");
        }
    }

    private static Value value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> sequence(parser);
            case VALUE_STRING -> Value.of(wellFormed(parser, parser.getText()));
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> real(parser);
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> Value.NOTHING;
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw malformedAt(parser, "A value is missing");
        };
    }

    private static Value fields(JsonParser parser) throws IOException {
        var entries = new LinkedHashMap<String, Value>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var key = wellFormed(parser, name);
            parser.nextToken();
            entries.put(key, value(parser));
        }
        return new Value.Fields(entries);
    }

    private static Value sequence(JsonParser parser) throws IOException {
        var items = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Value.Sequence(items);
    }

    private static Value whole(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> Value.of(parser.getLongValue());
            default -> real(parser);
        };
    }

    private static Value real(JsonParser parser) throws IOException {
        var number = Double.parseDouble(parser.getText());
        if (!Double.isFinite(number)) {
            throw malformedAt(parser, "A number is beyond the range of 64-bit floating point");
        }
        return Value.of(number);
    }

    private static String wellFormed(JsonParser parser, String text) {
        if (!Utf8.wellFormed(text)) {
            throw malformedAt(parser, "A text holds half of a surrogate pair");
        }
        return text;
    }

    private static EsteiraException malformedAt(JsonParser parser, String what) {
        var at = parser.currentTokenLocation();
        return malformed(
                what + " at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".", "Mend the JSON there.");
    }

    private static String sentence(JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "The text is not JSON" + where + ": " + e.getOriginalMessage().replaceAll("\\s+", " ") + ".";
    }

    private static EsteiraException tooLarge(JsonLimits limits) {
        return malformed("The JSON text is longer than " + limits.maxLength() + " bytes.", "Split the document.");
    }

    private static EsteiraException notUtf8() {
        return malformed("The JSON text is not UTF-8.", "Save it in UTF-8.");
    }

    private static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(KernelErrorCode.MALFORMED_JSON, message, remedy);
    }

    /** The canonical digits of a number, which writing uses. */
    static String number(double value) {
        return CanonicalJson.text(Value.of(value));
    }
}
