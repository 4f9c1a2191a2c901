package dev.esteira.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlTest {

    @Test
    void readsTheCoreSchemaAndLeavesTimesAsTexts() {
        var fields = fields("{a: 1, b: 1.5, c: true, d: ~, e: yes, f: 2013-09-01, g: 1.0.0, h: '1', i: 0x1F, j: 0o17,"
                + " k: 1e3, l: , m: on, n: -.5, o: 12:30}");

        assertThat(fields.entries())
                .containsEntry("a", Value.of(1))
                .containsEntry("b", Value.of(1.5))
                .containsEntry("c", Value.of(true))
                .containsEntry("d", Value.NOTHING)
                .containsEntry("e", Value.of("yes"))
                .containsEntry("f", Value.of("2013-09-01"))
                .containsEntry("g", Value.of("1.0.0"))
                .containsEntry("h", Value.of("1"))
                .containsEntry("i", Value.of(31))
                .containsEntry("j", Value.of(15))
                .containsEntry("k", Value.of(1000.0))
                .containsEntry("l", Value.NOTHING)
                .containsEntry("m", Value.of("on"))
                .containsEntry("n", Value.of(-0.5))
                .containsEntry("o", Value.of("12:30"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a: [1, 2\\nb: 1        | 2:2 | MALFORMED_YAML     | A comma or the closing bracket is missing.
                    a: b: c               | 1:5 | MALFORMED_YAML     | Check the indentation
                    a: {\\tb: @x}          | 1:9 | MALFORMED_YAML     | quotation marks
                    1: x                  | 1:1 | MALFORMED_YAML     | quotation marks
                    true: x               | 1:1 | MALFORMED_YAML     | quotation marks
                    ? [a]\\n: b            | 1:3 | MALFORMED_YAML     | as a text
                    a: .nan               | 1:4 | AMBIGUOUS_VALUE    | finite
                    a: 99999999999999999999 | 1:4 | AMBIGUOUS_VALUE  | quotation marks
                    a: 1e999              | 1:4 | AMBIGUOUS_VALUE    | smaller
                    a: !x 1               | 1:4 | MALFORMED_YAML     | Leave it out
                    a: 1\\na: 2            | 2:1 | DUPLICATE_KEY      | Keep one
                    ---\\na: 1\\n---\\nb: 2  | 3:1 | MALFORMED_YAML     | a file of its own
                    a: "\\u0007"           | 1:5 | MALFORMED_TEXT     | Remove it
                    """)
    void refusesWithPlaceAndRemedy(String text, String place, DocumentErrorCode code, String remedy) {
        var problem = problems(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007"))
                .getFirst();

        assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.remedy()).contains(remedy);
    }

    @Test
    void findsSeveralProblemsAtOnce() {
        assertThat(problems("a: 010\na: !t x\n")).hasSize(3);
    }

    @Test
    void refusesBytesThatAreNotUtf8AtTheirPlace() {
        var bytes = "a: b\nc: ação".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Yaml.read("f.yaml", bytes))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        it -> assertThat(it.problems().getFirst().render())
                                .isEqualTo(
                                        "f.yaml:2:5: The file is not UTF-8 here. Save it in UTF-8. (MALFORMED_TEXT)"));
    }

    @Test
    void limitsSizeDepthValuesAndAliases() {
        var limits = new YamlLimits(1000, 3, 40, 2);

        assertThat(read("a: [[1]]", limits)).isInstanceOf(Reading.Read.class);
        assertThat(read("{a: &a [1], b: [*a]}", limits)).isInstanceOf(Reading.Read.class);
        for (var text : List.of(
                "x".repeat(1001),
                "a: [[[[1]]]]",
                "[" + "1,".repeat(45) + "]",
                "[&a 1, *a, *a, *a]",
                "{a: &a [[1]], b: [[*a]]}",
                "{a: &a [1], b: &b {c: *a}, d: [*b]}",
                "[&a [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1], *a, *a]")) {
            assertThat(read(text, limits))
                    .isInstanceOfSatisfying(
                            Reading.Unreadable.class,
                            it -> assertThat(it.problems().getFirst().code())
                                    .isEqualTo(DocumentErrorCode.DOCUMENT_TOO_LARGE));
        }
    }

    @Test
    void followsAliasesButNotIntoThemselves() {
        assertThat(fields("{a: &x [1, 2], b: *x}").items("b")).hasSize(2);
        assertThat(problems("a: &x [*x]").getFirst().message()).contains("no anchor");
    }

    @Test
    void knowsThePlaceOfKeysValuesAndCharactersInTexts() {
        var document = document("a: 1\nlist:\n  - x: \"${{ y }}\"\n    ção: é\n");

        assertThat(document.keyPosition("/list")).isEqualTo(new Position(2, 1));
        assertThat(document.position("/list/0/x")).isEqualTo(new Position(3, 8));
        assertThat(document.keyPosition("/list/0/ção")).isEqualTo(new Position(4, 5));
        assertThat(document.position("/list/0/ção")).isEqualTo(new Position(4, 10));
        assertThat(document.positionInside("/list/0/x", 4)).isEqualTo(new Position(3, 13));
        assertThat(document.position("/list/0/nothing/below")).isEqualTo(new Position(3, 5));
    }

    @Test
    void throwsTheFirstProblemForWhoCanOnlyStop() {
        assertThatThrownBy(() -> Yaml.read("f.yaml", "a: 1\na: 2").orThrow())
                .isInstanceOf(EsteiraException.class)
                .hasMessage("f.yaml:2:1: The key 'a' stands here again, after line 1.");
    }

    @Test
    void showsTheLineWithACaretForTerminals() {
        var problem = new LocatedProblem("f.yaml", 2, 4, DocumentErrorCode.OUT_OF_RANGE, "Too large.", "");

        assertThat(problem.render("a: 1\nb: 99\n")).isEqualTo("f.yaml:2:4: Too large. (OUT_OF_RANGE)\n  b: 99\n     ^");
        assertThat(problem.toValue().text("code")).contains("OUT_OF_RANGE");
    }

    @Property(tries = 100)
    void placesPointAtTheTextTheyMean(
            @ForAll @Size(min = 1, max = 8) List<@AlphaChars @StringLength(min = 1, max = 6) String> names,
            @ForAll @IntRange(min = 0, max = 4) int indent) {
        var text = new StringBuilder("top:\n");
        var lines = new ArrayList<String>();
        for (var index = 0; index < names.size(); index++) {
            var line = " ".repeat(indent + 1) + names.get(index) + index + ": w" + index;
            lines.add(line);
            text.append(line).append('\n');
        }
        var document = document(text.toString());

        for (var index = 0; index < names.size(); index++) {
            var key = names.get(index) + index;
            var value = document.position("/top/" + key);
            assertThat(lines.get(value.line() - 2).substring(value.column() - 1))
                    .isEqualTo("w" + index);
            var at = document.keyPosition("/top/" + key);
            assertThat(lines.get(at.line() - 2).substring(at.column() - 1)).startsWith(key + ":");
        }
    }

    @Property(tries = 100)
    void readsJsonAsTheSameValue(@ForAll Map<@AlphaChars @StringLength(max = 5) String, Integer> entries) {
        var fields = new LinkedHashMap<String, Value>();
        entries.forEach((name, number) -> fields.put("k" + name, Value.of(number.longValue())));
        var value = Value.ofFields(fields);

        assertThat(document(Json.pretty(value)).value()).isEqualTo(value);
    }

    @Test
    void findsValuesByPointer() {
        var value = document("a: [{b/c: 1}]").value();

        assertThat(Pointers.find(value, Pointers.of("a", "0", "b/c"))).contains(Value.of(1));
        assertThat(Pointers.find(value, "/a/1")).isEmpty();
        assertThat(Pointers.last("/a/b~1c")).isEqualTo(Optional.of("b/c"));
    }

    private static Reading read(String text, YamlLimits limits) {
        return Yaml.read("f.yaml", text.getBytes(StandardCharsets.UTF_8), limits);
    }

    private static Document document(String text) {
        return Yaml.read("f.yaml", text).orThrow();
    }

    private static Value.Fields fields(String text) {
        return document(text).value().asFields().orElseThrow();
    }

    private static List<LocatedProblem> problems(String text) {
        return switch (Yaml.read("f.yaml", text)) {
            case Reading.Read read -> List.of();
            case Reading.Unreadable(var problems) -> problems;
        };
    }
}
