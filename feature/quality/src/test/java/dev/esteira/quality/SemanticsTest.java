package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checks mean at their edges. */
class SemanticsTest {

    private static final String NUMBERS = """
            SELECT i AS id, CASE WHEN i < 5 THEN NULL ELSE i * 1.0::DOUBLE END AS x, i % 4 AS grp,
                CAST(i AS VARCHAR) AS text FROM range(20) t(i)""";

    @TempDir
    Path folder;

    private CheckedTable checked;

    @BeforeEach
    void open() throws Exception {
        checked = new CheckedTable(folder);
    }

    @AfterEach
    void close() {
        checked.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{check: col.range, column: x, max: 12} | FAIL | 7 of 15 rows fail",
                "{check: col.range, column: x, max: 12, nulls: skip} | FAIL | 7 of 15 rows fail",
                "{check: col.range, column: x, max: 12, nulls: fail} | FAIL | 12 of 20 rows fail",
                "{check: col.range, column: x, max: 12, nulls: pass} | FAIL | 7 of 20 rows fail",
                "{check: col.range, column: x, max: 19, nulls: fail} | FAIL | 5 of 20 rows fail",
                "{check: col.range, column: x, max: 12, where: 'grp = 0'} | FAIL | 1 of 3 rows fail",
                "{check: col.range, column: x, max: 12, nulls: fail, where: 'grp = 0 -- one'} | FAIL | 3 of 5 rows fail",
                "{check: col.not_null, column: x, where: 'id >= 5'} | PASS | all of 15",
                "{check: tbl.row_count, equals: 5, where: 'grp = 2'} | PASS | 5 rows",
                "{check: col.mean, column: x, equals: 12, where: 'grp = 0 or id < 5'} | PASS | 12",
                "{check: col.unique, column: grp, where: 'id < 4'} | PASS | all of 4",
                "{check: col.range, column: x, min: 5, max: 19} | PASS | all of 15",
                "{check: col.range, column: x, min: 5, inclusive: none} | FAIL | 1 of 15 rows fail",
                "{check: col.range, column: x, between: [5, 19], inclusive: left} | FAIL | 1 of 15 rows fail",
                "{check: col.range, column: x, between: [5, 19], inclusive: right} | FAIL | 1 of 15 rows fail",
                "{check: col.range, column: x, notBetween: [5, 6]} | FAIL | 2 of 15 rows fail",
                "{check: col.range, column: x, notEquals: 7} | FAIL | 1 of 15 rows fail",
                "{check: tbl.row_count, notEquals: 20} | FAIL | 20 rows",
                "{check: tbl.row_count, notBetween: [1, 19]} | PASS | 20 rows",
                "{check: tbl.row_count, max: 20, inclusive: none} | FAIL | 20 rows",
                "{check: row.predicate, expression: 'x < 100'} | PASS | all of 20",
                "{check: col.type, column: text, type: integer} | PASS | all of 20",
            })
    void rowsWithoutAValueConditionsAndBoundsMeanWhatTheyName(String check, Verdict verdict, String observed)
            throws Exception {
        checked.input("data", NUMBERS, Map.of());

        var finding = checked.askOne(CheckedTable.json(check));

        assertThat(finding.observed()).startsWith(observed);
        assertThat(finding.verdict()).as(finding.observed()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"100,7,0.93", "100,1,0.99", "1000,3,0.997", "300,90,0.7", "7,1,0.857142857142857"})
    void theShareThatMustPassIsMetToTheRow(int rows, int failing, double least) throws Exception {
        checked.input(
                "data", "SELECT i AS id, (i < " + failing + ")::INT AS x FROM range(" + rows + ") t(i)", Map.of());

        assertThat(checked.askOne(
                                CheckedTable.json("{check: col.range, column: x, max: 0, minPassRatio: " + least + "}"))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5 | integer | FAIL",
                "1e3 | integer | FAIL",
                " 7  | integer | PASS",
                "-12 | integer | PASS",
                "99999999999999999999 | integer | FAIL",
                "1.5e3 | number | PASS",
                "1,5 | number | FAIL",
                "true | boolean | PASS",
                "maybe | boolean | FAIL",
                "2026-02-28 | date | PASS",
                "2026-02-30 | date | FAIL",
                "2026-02-28 10:00:00 | date | FAIL",
                "2026-02-28T10:00:00Z | timestamp | PASS",
                "yesterday | timestamp | FAIL",
            })
    void aTextIsOfTheTypeThatItReadsAs(String text, String type, Verdict verdict) throws Exception {
        checked.input("data", "SELECT '" + text + "' AS t", Map.of());

        assertThat(checked.askOne(CheckedTable.json("{check: col.type, column: t, type: " + type + "}"))
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{check: tbl.row_count, min: '5'} | /min",
                "{check: col.mean, column: x, max: '5'} | /max",
                "{check: col.length, column: text, min: a} | /min",
                "{check: tbl.row_count} | CHECK_MALFORMED The check has no bound.",
                "{check: tbl.row_count, min: 1, equals: 2} | CHECK_MALFORMED The check has more than one bound: min and max, equals.",
                "{check: tbl.row_count, between: [1]} | /between CHECK_MALFORMED 'between' takes two values.",
                "{check: tbl.row_count, between: [5, 1]} | CHECK_MALFORMED No value lies between 5 and 1.",
                "{check: tbl.row_count, between: [5, 5], inclusive: left} | CHECK_MALFORMED No value lies equal to 5",
                "{check: col.range, column: x, min: low} | CHECK_MALFORMED The bound low is no number like the column 'x'.",
                "{check: col.mean, column: x, max: 5, minPassRatio: 0.9} | /minPassRatio",
                "{check: tbl.row_count, min: 5, nulls: fail} | /nulls",
                "{check: col.not_null, column: x, nulls: skip} | /nulls",
                "{check: ml.single_feature_leakage, maxScore: 0.9, where: 'x > 1'} | /where",
                "{check: col.regex, column: text, pattern: '(?=a)'} | /pattern CHECK_MALFORMED '(?=a)' is no regular expression in RE2 syntax: invalid perl operator: (?=.",
                "{check: col.regex, column: text, pattern: '['} | /pattern CHECK_MALFORMED",
                "{check: col.regex, column: x, pattern: 'a'} | /column CHECK_COLUMN_UNFIT The check col.regex needs a text, and 'x' is a number.",
                "{check: col.range, column: X1, min: 1} | /column CHECK_COLUMN_UNKNOWN There is no column 'X1'. Did you mean 'x'?",
                "{check: col.range, column: x, min: 1, where: 'idd > 3'} | /where CHECK_COLUMN_UNKNOWN There is no column 'idd'. Did you mean 'id'?",
                "{check: col.range, column: x, min: 1, where: '(select 1) = 1'} | /where PREDICATE_REFUSED A row predicate may not contain a subquery.",
                "{check: row.predicate, expression: 'id + 1'} | /expression PREDICATE_REFUSED 'id + 1' is no condition over these rows: it gives a",
                "{check: row.predicate, expression: 'id between 1 and TRUE + 3'} | /expression PREDICATE_REFUSED",
                "{check: row.predicate, expression: 'lower(id) = 3'} | /expression PREDICATE_REFUSED",
                "{check: col.rang, column: x, min: 1} | /check UNKNOWN_CHECK There is no check 'col.rang'. Did you mean 'col.range'?",
            })
    void aCheckThatMeansNothingIsRefused(String check, String problem) throws Exception {
        checked.input("data", NUMBERS, Map.of());

        assertThat(checked.problems(CheckedTable.json(check))
                        .getFirst()
                        .replaceFirst("^/0", "")
                        .strip())
                .startsWith(problem);
    }

    @Test
    void stepsOfTimeBeginWhereTheClockSays() throws Exception {
        // One observation in each hour, at whatever minute; across 1970, where integers change their sign.
        checked.input(
                "data",
                "SELECT TIMESTAMP '1969-12-31 20:00:00' + to_hours(i) + to_minutes(i * 13 % 60) AS moment FROM range(9) t(i)",
                Map.of());

        var finding = checked.askOne(CheckedTable.json("{check: tbl.continuous_time, column: moment, step: 1h}"));

        assertThat(finding.observed()).isEqualTo("all of 9");
    }

    @Test
    void aSecondObservationInAStepHidesNoGap() throws Exception {
        checked.input(
                "data",
                "SELECT * FROM (VALUES (TIMESTAMP '2026-01-01 00:30:00'), (TIMESTAMP '2026-01-01 00:40:00'),"
                        + " (TIMESTAMP '2026-01-01 02:10:00')) t(moment)",
                Map.of());

        assertThat(checked.askOne(CheckedTable.json("{check: tbl.continuous_time, column: moment, step: 1h}"))
                        .observed())
                .startsWith("1 of 3 are missing");
    }

    @Test
    void aPartWithoutRowsHidesNoLeakOfTime() throws Exception {
        var roles = Map.of("moment", Role.TIME);
        var query = "SELECT TIMESTAMP '2026-01-01' + to_hours(i) AS moment FROM range(%s) t(i)";
        checked.input("train", String.format(query, "10, 20"), roles)
                .input("validation", String.format(query, "0, 0"), roles)
                .input("test", String.format(query, "5, 12"), roles);

        assertThat(checked.askOne(CheckedTable.json("{check: ml.time_leakage}")).observed())
                .isEqualTo("7 rows are not later than the parts before");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{check: ml.time_leakage}",
                "{check: ml.split_overlap}",
                "{check: ml.group_leakage}",
                "{check: ml.new_category, columns: [code]}",
            })
    void nobodyCanCompareOnePartWithNothing(String check) throws Exception {
        checked.input(
                "train",
                "SELECT TIMESTAMP '2026-01-01' AS moment, 1 AS id, 2 AS who, 'a' AS code",
                Map.of("moment", Role.TIME, "id", Role.ID, "who", Role.GROUP));

        var finding = checked.askOne(CheckedTable.json(check));

        assertThat(finding.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(finding.observed()).isEqualTo("there is one part only");
    }

    @Test
    void missingIdsAndGroupsAreNoSharedOnes() throws Exception {
        var roles = Map.of("id", Role.ID, "who", Role.GROUP);
        checked.input("train", "SELECT * FROM (VALUES (1, 1), (NULL, NULL)) t(id, who)", roles)
                .input("test", "SELECT * FROM (VALUES (2, 2), (NULL, NULL)) t(id, who)", roles);

        assertThat(checked.askOne(CheckedTable.json("{check: ml.split_overlap}"))
                        .observed())
                .isEqualTo("0 rows in two parts");
        assertThat(checked.askOne(CheckedTable.json("{check: ml.group_leakage}"))
                        .observed())
                .isEqualTo("0 groups in two parts");
    }

    @Test
    void noRowsAreUndecidedAndNoValuesPass() throws Exception {
        checked.input("data", "SELECT CAST(NULL AS DOUBLE) AS x FROM range(3)", Map.of());
        assertThat(checked.askOne(CheckedTable.json("{check: col.range, column: x, min: 1}"))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(checked.askOne(CheckedTable.json("{check: col.mean, column: x, min: 1}"))
                        .verdict())
                .isEqualTo(Verdict.UNDECIDED);

        checked.input("data", "SELECT 1.0::DOUBLE AS x WHERE false", Map.of());
        assertThat(checked.askOne(CheckedTable.json("{check: col.range, column: x, min: 1}"))
                        .verdict())
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void largeIntegersAreComparedToTheLastDigit() throws Exception {
        checked.input("data", "SELECT 9007199254740993 AS id", Map.of());

        assertThat(checked.askOne(CheckedTable.json("{check: col.in_set, column: id, set: [9007199254740992]}"))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(checked.askOne(CheckedTable.json("{check: col.range, column: id, min: 9007199254740993}"))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{check: col.length, column: note, max: 3}", "{check: col.unique, column: note}"})
    void aLongExampleIsCutBetweenCharacters(String check) throws Exception {
        checked.input("data", "SELECT i AS id, repeat('a', 99) || '😀' || 'b' AS note FROM range(2) t(i)", Map.of());

        assertThat(checked.askOne(CheckedTable.json(check)).examples()).containsExactly("a".repeat(99) + "…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"col.mean", "col.std"})
    void aFigureOfDoublesIsTheSameToTheBitWithOneThreadAndWithFour(String check, @TempDir Path folder)
            throws Exception {
        var rows = "SELECT i, sin(i) * 10 ** (i % 13) AS x FROM range(700000) t(i)";
        var figures = new ArrayList<Double>();
        for (var threads : List.of(1, 4, 4, 4)) {
            try (var table = new CheckedTable(Files.createTempDirectory(folder, "threads"), threads)) {
                table.input("data", rows, Map.of("i", Role.ID));
                figures.add(table.askOne(CheckedTable.json("{check: " + check + ", column: x, min: 0}"))
                        .value()
                        .orElseThrow());
            }
        }

        assertThat(figures).containsOnly(figures.getFirst());
    }

    @Test
    void everyFigureIsThatOfNumpyAndScikitLearn() throws Exception {
        var golden = golden();
        var columns = """
                SELECT i AS id, CASE WHEN i = 13 THEN 'inf'::DOUBLE WHEN i %% 50 = 7 THEN 'nan'::DOUBLE
                    ELSE (i * 37 %% 101) * 1.25 - 40 END AS x,
                    (i * 71 %% 89 + i * 37 %% 101 > 110) AS late, i * i %% 977 AS key,
                    (i * 71 %% 89 + i * 37 %% 101 > 110)::INT * 50 + i * 13 %% 60 AS spy,
                    CASE WHEN i >= 590 THEN 99 ELSE i * 7 %% 23 END AS port,
                    TIMESTAMP '2026-01-01' + to_hours(i) AS moment FROM range(%s) t(i)""";
        var roles = Map.of("late", Role.LABEL, "key", Role.ID);
        checked.input("train", String.format(columns, "0, 600"), roles);

        near("{check: col.mean, column: x, min: 0}", golden, "mean");
        near("{check: col.std, column: x, min: 0}", golden, "std");
        near("{check: col.quantile, column: x, q: 0.1, min: 0}", golden, "quantile 0.1");
        near("{check: col.quantile, column: x, q: 0.5, min: 0}", golden, "quantile 0.5");
        near("{check: col.quantile, column: x, q: 0.975, min: 0}", golden, "quantile 0.975");
        near("{check: ml.class_balance, minShare: 0.1}", golden, "share of late");
        near("{check: ml.single_feature_leakage, maxScore: 0.9}", golden, "score of spy");
        assertThat(checked.askOne(CheckedTable.json("{check: col.unique, column: key}"))
                        .failing())
                .isEqualTo(golden.number("rows in repeats").orElseThrow().longValue());
        assertThat(checked.askOne(CheckedTable.json(
                                "{check: tbl.continuous_time, column: moment, step: 1h, where: 'id % 17 <> 3'}"))
                        .failing())
                .isEqualTo(golden.number("missing hours").orElseThrow().longValue());

        checked.input("train", String.format(columns, "0, 400"), roles)
                .input("test", String.format(columns, "400, 600"), roles);
        near("{check: ml.split_overlap}", golden, "shared keys");
        near("{check: ml.new_category, columns: [port]}", golden, "share of new ports");
    }

    private void near(String check, Value.Fields golden, String name) throws Exception {
        var expected = golden.number(name).orElseThrow();
        assertThat(checked.askOne(CheckedTable.json(check)).value().orElseThrow())
                .as(name)
                .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }

    private static Value.Fields golden() throws Exception {
        try (var stream = SemanticsTest.class.getResourceAsStream("golden.json")) {
            return Json.parse(stream.readAllBytes(), JsonLimits.DEFAULT)
                    .asFields()
                    .orElseThrow();
        }
    }
}
