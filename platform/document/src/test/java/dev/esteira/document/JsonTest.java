package dev.esteira.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {

    @Test
    void keepsTypesAndTheOrderOfFields() {
        var value = Json.parse("{\"b\": [1, 1.5, true, null, \"x\"], \"a\": {}}");

        assertThat(value)
                .isInstanceOfSatisfying(
                        Value.Fields.class,
                        it -> assertThat(it.entries().keySet()).containsExactly("b", "a"));
        assertThat(Json.text(value)).isEqualTo("{\"b\":[1,1.5,true,null,\"x\"],\"a\":{}}");
        assertThat(Json.pretty(value))
                .isEqualTo("{\n  \"b\": [\n    1,\n    1.5,\n    true,\n    null,\n    \"x\"\n  ],\n  \"a\": {}\n}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": 1, "a": 2}   | line 1, column
                    {"a": 1,}          | line 1, column
                    [1, 2              | line 1, column
                    {} {}              | after the end
                    // no              | line 1, column
                    {a: 1}             | line 1, column
                    [NaN]              | line 1, column
                    [1e999]            | beyond the range
                    ["\\ud800"]        | surrogate
                    {"\\udc00": 1}     | surrogate
                    [01]               | line 1, column
                    ``                 | empty
                    """)
    void refusesWhatIsNotStrictJson(String text, String part) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(KernelErrorCode.MALFORMED_JSON))
                .hasMessageContaining(part);
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        var limits = new JsonLimits(50, 3, 10);

        assertThat(Json.parse("[[[1]]]", limits)).isNotNull();
        for (var text : List.of("[[[[1]]]]", "[\"" + "x".repeat(11) + "\"]", " ".repeat(60) + "1")) {
            assertThatThrownBy(() -> Json.parse(text, limits)).isInstanceOf(EsteiraException.class);
        }
        assertThatThrownBy(() -> Json.parse("1".repeat(500))).isInstanceOf(EsteiraException.class);
    }

    @Test
    void readsBytesStrictly() throws IOException {
        var text = "[\"ação\"]";

        assertThat(Json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), JsonLimits.DEFAULT))
                .isEqualTo(Value.ofTexts(List.of("ação")));
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.ISO_8859_1), JsonLimits.DEFAULT))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void takesWholeNumbersBeyondSixtyFourBitsAsTheNearestNumber() {
        assertThat(Json.parse("9223372036854775807")).isEqualTo(Value.of(Long.MAX_VALUE));
        assertThat(Json.parse("9223372036854775808")).isEqualTo(Value.of(0x1p63));
    }

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("values") Value value) {
        assertThat(Json.parse(Json.text(value))).isEqualTo(value);
        assertThat(Json.parse(Json.pretty(value))).isEqualTo(value);
    }

    @Property(tries = 300)
    void readsBackTheCanonicalText(@ForAll("values") Value value) {
        var canonical = CanonicalJson.text(value);

        assertThat(Json.parse(canonical)).isEqualTo(value);
        assertThat(CanonicalJson.text(Json.parse(canonical))).isEqualTo(canonical);
    }

    @Provide
    Arbitrary<Value> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of(Value.NOTHING, Value.of(true), Value.of(false)),
                () -> Arbitraries.longs().map(Value::of),
                () -> Arbitraries.doubles().filter(it -> it != Math.rint(it)).map(Value::of),
                this::texts,
                () -> values().list().ofMaxSize(3).map(Value.Sequence::new),
                () -> Arbitraries.maps(Arbitraries.strings().ascii().ofMaxLength(6), values())
                        .ofMaxSize(3)
                        .map(Value::ofFields));
    }

    private Arbitrary<Value> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> text.chars().noneMatch(unit -> Character.isSurrogate((char) unit)))
                .map(Value::of);
    }
}
