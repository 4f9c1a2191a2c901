package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalJsonTest {

    /** Appendix B of RFC 8785, and one more: bits of a double and the text that ECMAScript writes for it. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    0000000000000000, 0
                    8000000000000000, 0
                    0000000000000001, 5e-324
                    8000000000000001, -5e-324
                    0000000000000002, 1e-323
                    7fefffffffffffff, 1.7976931348623157e+308
                    ffefffffffffffff, -1.7976931348623157e+308
                    4340000000000000, 9007199254740992
                    c340000000000000, -9007199254740992
                    4430000000000000, 295147905179352830000
                    44b52d02c7e14af5, 9.999999999999997e+22
                    44b52d02c7e14af6, 1e+23
                    44b52d02c7e14af7, 1.0000000000000001e+23
                    444b1ae4d6e2ef4e, 999999999999999700000
                    444b1ae4d6e2ef4f, 999999999999999900000
                    444b1ae4d6e2ef50, 1e+21
                    3eb0c6f7a0b5ed8c, 9.999999999999997e-7
                    3eb0c6f7a0b5ed8d, 0.000001
                    41b3de4355555553, 333333333.3333332
                    41b3de4355555554, 333333333.33333325
                    41b3de4355555555, 333333333.3333333
                    41b3de4355555556, 333333333.3333334
                    41b3de4355555557, 333333333.33333343
                    becbf647612f3696, -0.0000033333333333333333
                    43143ff3c1cb0959, 1424953923781206.2
                    """)
    void writesNumbersAsTheStandardShows(String bits, String text) {
        var number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalJson.text(Value.of(number))).isEqualTo(text);
    }

    /** Section 3.2.2 of RFC 8785. */
    @Test
    void writesTheStandardsExample() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put(
                "numbers",
                new Value.Sequence(List.of(
                        Value.of(Double.parseDouble("333333333.33333329")),
                        Value.of(1E30),
                        Value.of(4.50),
                        Value.of(2e-3),
                        Value.of(0.000000000000000000000000001))));
        fields.put("string", Value.of("€$\u000F\nA'B\"\\\\\"/"));
        fields.put("literals", new Value.Sequence(List.of(Value.NOTHING, Value.of(true), Value.of(false))));

        assertThat(CanonicalJson.text(new Value.Fields(fields)))
                .isEqualTo("{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** Section 3.2.3 of RFC 8785: names sort by UTF-16 units. */
    @Test
    void sortsNamesByUtf16Units() {
        var names = List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6");
        var fields = new LinkedHashMap<String, Value>();
        names.forEach(name -> fields.put(name, Value.NOTHING));

        assertThat(CanonicalJson.text(new Value.Fields(fields)))
                .isEqualTo("{\"\\r\":null,\"1\":null,\"\u0080\":null,\"\u00f6\":null,\"\u20ac\":null,"
                        + "\"\ud83d\ude00\":null,\"\ufb33\":null}");
    }

    @Test
    void keepsAllDigitsOfWholeNumbers() {
        assertThat(CanonicalJson.text(Value.of(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
    }

    @Test
    void digestsTheTextInUtf8() {
        assertThat(CanonicalJson.digest(Value.of("ação"))).isEqualTo(Digest.ofText("\"ação\""));
    }

    @Property(tries = 500)
    void writesNumbersThatReadBackTheSame(@ForAll double number) {
        assertThat(Double.parseDouble(CanonicalJson.text(Value.of(number)))).isEqualTo(number);
    }

    @Property(tries = 200)
    void doesNotDependOnTheOrderOfFields(@ForAll Map<String, Long> entries) {
        var forward = new LinkedHashMap<String, Value>();
        entries.forEach((name, number) -> forward.put(name, Value.of(number)));
        var backward = new LinkedHashMap<String, Value>();
        List.copyOf(entries.keySet()).reversed().forEach(name -> backward.put(name, Value.of(entries.get(name))));

        assertThat(CanonicalJson.text(new Value.Fields(backward)))
                .isEqualTo(CanonicalJson.text(new Value.Fields(forward)));
    }
}
