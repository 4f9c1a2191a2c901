package dev.esteira.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.LogicalType;
import dev.esteira.spi.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeCheckTest {

    private static final Shape SHAPE = Shape.Group.of(
            field("text", new Shape.Scalar(LogicalType.STRING)),
            field("flag", new Shape.Scalar(LogicalType.BOOLEAN)),
            field("day", new Shape.Scalar(LogicalType.DATE)),
            field("at", new Shape.Scalar(LogicalType.TIMESTAMP)),
            field("price", new Shape.Scalar(LogicalType.DECIMAL)),
            field("number", new Shape.Scalar(LogicalType.NUMBER)),
            field("count", new Shape.WholeIn(1, 10)),
            field("share", new Shape.NumberIn(0, 1)),
            field("with", new Shape.Choice(List.of("mean", "median"))),
            field("step", new Shape.Duration()),
            field("memory", new Shape.Size()),
            field("file", new Shape.FilePath()),
            field("assert", new Shape.Condition()),
            field("columns", new Shape.ListOf(new Shape.Scalar(LogicalType.STRING))),
            field("bind", new Shape.MapOf(new Shape.Scalar(LogicalType.INTEGER))),
            field(
                    "source",
                    new Shape.Tagged(Map.of(
                            "csv", Shape.Group.of(Shape.Field.required("path", new Shape.FilePath(), "")),
                            "parquet", Shape.Group.of(field("path", new Shape.FilePath()))))),
            field(
                    "slice",
                    new Shape.AnyOf(List.of(
                            new Shape.Scalar(LogicalType.STRING),
                            new Shape.MapOf(new Shape.ListOf(new Shape.Scalar(LogicalType.NUMBER)))))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text: a
                    flag: true
                    day: 2013-09-01
                    at: 2013-09-01T00:00:00-04:00
                    price: '12.50'
                    price: 12.5
                    number: 3
                    count: 10
                    share: 0.5
                    with: mean
                    step: 15min
                    memory: 4GiB
                    file: data/a b.csv
                    columns: [a, b]
                    bind: {x: 1}
                    source: {csv: {path: a.csv}}
                    slice: origin
                    slice: {distance: [1, 2.5]}
                    text: ~
                    """)
    void takesWhatFits(String text) {
        assertThat(problems(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    txet: a           | /txet | UNKNOWN_FIELD | There is no field 'txet' here. | Did you mean 'text'?
                    text: 1           | /text | WRONG_TYPE | Here stands 1, not a text. | Put it in quotation marks.
                    flag: yes         | /flag | WRONG_TYPE | Here stands 'yes', not true or false. | Write true or false.
                    day: 2013-9-1     | /day  | WRONG_TYPE | Here stands '2013-9-1', not a date such as 2013-09-01. |
                    at: 2013-09-01    | /at   | WRONG_TYPE | Here stands '2013-09-01', not a time such as 2013-09-01T04:00:00Z. |
                    price: cheap      | /price | WRONG_TYPE | Here stands 'cheap', not a decimal number such as 12.50. |
                    count: 11         | /count | OUT_OF_RANGE | The number 11 is out of range. | Write an integer between 1 and 10.
                    count: 1.5        | /count | WRONG_TYPE | Here stands 1.5, not an integer between 1 and 10. |
                    share: 2          | /share | OUT_OF_RANGE | The number 2 is out of range. | Write a number between 0 and 1.
                    with: meen        | /with | UNKNOWN_WORD | The word 'meen' is not known here. | Did you mean 'mean'?
                    with: x           | /with | UNKNOWN_WORD | The word 'x' is not known here. | Known here: mean, median.
                    step: 15m         | /step | MALFORMED_QUANTITY | '15m' is not a duration. | Does 'm' mean minutes (min) or milliseconds (ms)? Write one of these.
                    step: 15          | /step | WRONG_TYPE | Here stands 15, not a duration such as 250ms, 10s, 15min, 36h or 7d. | Add the unit, such as 15s.
                    memory: 4G        | /memory | MALFORMED_QUANTITY | '4G' is not a size. | Use one of the units B, kB, MB, GB, KiB, MiB, GiB, TiB.
                    file: ../a.csv    | /file | MALFORMED_PATH | The path '../a.csv' leaves the folder of this file. | Write a path relative to this file, inside its folder, with forward slashes, such as data/rows.csv.
                    columns: a        | /columns | WRONG_TYPE | Here stands 'a', not a list. | Put it in brackets: [a].
                    columns: [a, 1]   | /columns/1 | WRONG_TYPE | Here stands 1, not a text. | Put it in quotation marks.
                    bind: {x: a}      | /bind/x | WRONG_TYPE | Here stands 'a', not an integer. |
                    source: {}        | /source | WRONG_TYPE | There must be exactly one field here, not 0. | Write one of csv, parquet.
                    source: {cvs: {}} | /source/cvs | UNKNOWN_FIELD | There is no field 'cvs' here. | Did you mean 'csv'?
                    source: {csv: {}} | /source/csv | MISSING_FIELD | The field 'path' is missing. | Add it: the path of a file.
                    slice: 1          | /slice | WRONG_TYPE | Here stands 1, not a text, or a map. |
                    slice: {d: [x]}   | /slice/d/0 | WRONG_TYPE | Here stands 'x', not a number. |
                    """)
    void namesPlaceFaultAndRemedy(String text, String pointer, String code, String message, String remedy) {
        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.code().name()).isEqualTo(code);
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.remedy()).isEqualTo(remedy == null ? "" : remedy);
        });
    }

    @ParameterizedTest
    @CsvSource({"/a", "a/../b", "..", "C:/a", "a\\b", "./a", "a//b", "a/", "''"})
    void refusesPathsThatLeaveOrDoNotTravel(String path) {
        assertThat(FilePaths.portable(path)).isFalse();
    }

    @Test
    void collectsFilesAndConditions() {
        var value = Yaml.read("f.yaml", "{file: b.csv, source: {csv: {path: data/a.csv}}, assert: a > 1}")
                .orThrow()
                .value();

        assertThat(ShapeCheck.files(value, SHAPE))
                .containsExactly(Map.entry("/file", "b.csv"), Map.entry("/source/csv/path", "data/a.csv"));
        assertThat(ShapeCheck.conditions(value, SHAPE)).containsExactly(Map.entry("/assert", "a > 1"));
    }

    @Test
    void placesAnUnknownFieldAtItsKeyAndAWrongValueAtTheValue() {
        var document = Yaml.read("f.yaml", "count: 0\nwhat: 1\n").orThrow();
        var located = ShapeCheck.problems(document.value(), SHAPE).stream()
                .map(problem -> problem.in(document))
                .toList();

        assertThat(located.get(0).line() + ":" + located.get(0).column()).isEqualTo("1:8");
        assertThat(located.get(1).line() + ":" + located.get(1).column()).isEqualTo("2:1");
    }

    private static List<Problem> problems(String yaml) {
        return ShapeCheck.problems(Yaml.read("f.yaml", yaml).orThrow().value(), SHAPE);
    }

    private static Shape.Field field(String name, Shape shape) {
        return Shape.Field.optional(name, shape, "An example.");
    }
}
