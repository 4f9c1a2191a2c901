package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind finds a fault that was planted, says how large it is, and passes the same rows without it. */
class FaultsTest {

    private static final Map<String, Role> ROLES =
            Map.of("id", Role.ID, "y", Role.LABEL, "moment", Role.TIME, "who", Role.GROUP);
    private static final String SOUND = """
            SELECT i AS id, i % 2 AS y, TIMESTAMP '1969-12-31 12:00:00' + to_hours(i) AS moment, i // 10 AS who,
                (i * 37 % 101) / 101.0::DOUBLE AS x, 'AB' || (i % 5) AS code, CAST(i AS VARCHAR) AS text,
                DATE '2026-01-01' + CAST(i % 30 AS INTEGER) AS day""";

    @TempDir
    Path folder;

    /** A fault in the rows of 0 to 99, in the last part where there are several. */
    enum Fault {
        NOT_NULL("{check: col.not_null, column: x}", "x: CASE WHEN i != 3 THEN x END", "1 of 100 rows fail"),
        RANGE("{check: col.range, column: x, between: [0, 1]}", "x: x + (i = 3)::INT", "1 of 100 rows fail"),
        RANGE_OF_DAYS(
                "{check: col.range, column: day, min: '2026-01-01', max: '2026-01-30'}",
                "day: day - CAST(i = 0 AS INTEGER)",
                "1 of 100 rows fail"),
        RANGE_NAN("{check: col.range, column: x, min: 0}", "x: CASE WHEN i = 3 THEN 'nan' ELSE x END", "1 of 100"),
        IN_SET(
                "{check: col.in_set, column: code, set: [AB0, AB1, AB2, AB3, AB4]}",
                "code: CASE WHEN i = 3 THEN 'ab3' ELSE code END",
                "1 of 100 rows fail"),
        REGEX(
                "{check: col.regex, column: code, pattern: '[A-Z]+[0-9]'}",
                "code: code || CASE WHEN i = 3 THEN ' ' ELSE '' END",
                "1 of 100 rows fail"),
        LENGTH(
                "{check: col.length, column: code, equals: 3}",
                "code: CASE WHEN i = 3 THEN 'Ç✈' ELSE code END",
                "1 of 100 rows fail"),
        TYPE(
                "{check: col.type, column: text, type: integer}",
                "text: text || CASE WHEN i = 3 THEN '.5' ELSE '' END",
                "1 of 100"),
        FINITE("{check: col.finite, column: x}", "x: CASE WHEN i = 3 THEN '-inf' ELSE x END", "1 of 100 rows fail"),
        PREDICATE(
                "{check: row.predicate, expression: 'x >= 0 and id >= 0 -- all is well'}",
                "x: x - (i = 3)::INT",
                "1 of 100 rows fail"),
        SCHEMA(
                "{check: tbl.schema, columns: {x: {type: number}}}",
                "x: CAST(x AS VARCHAR)",
                "x is a string, not a number"),
        SCHEMA_MISSING(
                "{check: tbl.schema, columns: {x: {type: number, nullable: false}}}",
                "x: CASE WHEN i != 3 THEN x END",
                "x is missing in 1 row"),
        SCHEMA_EXTRA(
                "{check: tbl.schema, extra: refuse, columns: {id: {type: integer}, y: {type: integer}, moment: {type: timestamp}, who: {type: integer}, x: {type: number}, code: {type: string}, text: {type: string}, day: {type: date}}}",
                "more: 1",
                "more is not expected"),
        ROW_COUNT("{check: tbl.row_count, equals: 100}", "rows: 99", "99 rows"),
        UNIQUE(
                "{check: col.unique, column: text}",
                "text: CASE WHEN i = 3 THEN '4' ELSE text END",
                "2 of 100 stand twice or more"),
        SEVERAL_UNIQUE(
                "{check: cols.unique, columns: [id, code]}",
                "id: i + (i = 3)::INT * 5, code: code",
                "2 of 100 stand twice or more"),
        MEAN("{check: col.mean, column: x, between: [0.4, 0.6]}", "x: x + 0.2", "0.69"),
        STD("{check: col.std, column: x, max: 0.35}", "x: x * 2", "0.58"),
        QUANTILE("{check: col.quantile, column: x, q: 0.9, max: 0.95}", "x: x + 0.1", "0.99"),
        REFERENCES(
                "{check: tbl.references, columns: [code], to: {reference: codes, columns: [known]}}",
                "code: CASE WHEN i = 3 THEN 'AB9' ELSE code END",
                "1 of 100 are not in codes"),
        CONTINUOUS_TIME(
                "{check: tbl.continuous_time, column: moment, step: 1h}",
                "moment: moment + to_hours(CASE WHEN i > 49 THEN 2 ELSE 0 END)",
                "2 of 102 are missing"),
        CLASS_BALANCE(
                "{check: ml.class_balance, minShare: 0.3, maxRatio: 3}",
                "y: (i % 10 = 0)::INT",
                "rarest class 1 10.00 %, 9 to 1"),
        LEAKAGE("{check: ml.single_feature_leakage, maxScore: 0.8}", "x: x + y", "x alone scores 1"),
        LEAKAGE_BY_TIME(
                "{check: ml.single_feature_leakage, maxScore: 0.8}",
                "day: DATE '2026-01-01' + CAST(y AS INTEGER)",
                "day alone scores 1"),
        SPLIT_OVERLAP("{check: ml.split_overlap}", "id: CASE WHEN i = 90 THEN 3 ELSE i END", "1 row in two parts"),
        GROUP_LEAKAGE("{check: ml.group_leakage}", "who: CASE WHEN i = 90 THEN 3 ELSE who END", "1 group in two parts"),
        TIME_LEAKAGE(
                "{check: ml.time_leakage}",
                "moment: CASE WHEN i = 90 THEN moment - to_hours(50) ELSE moment END",
                "1 row is not later than the parts before"),
        NEW_CATEGORY(
                "{check: ml.new_category, columns: [code], maxShare: 0.05}",
                "code: CASE WHEN i = 90 THEN 'new' ELSE code END",
                "1 of 10 rows of test have a new code, 10.00 %");

        private final String check;
        private final String planted;
        private final String observed;

        Fault(String check, String planted, String observed) {
            this.check = check;
            this.planted = planted;
            this.observed = observed;
        }

        String kind() {
            return check.substring(8, check.indexOf(',') > 0 ? check.indexOf(',') : check.indexOf('}'));
        }

        boolean ofParts() {
            return CheckRegistry.builtIn().kind(kind()).orElseThrow() instanceof CheckKind.OfParts;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFoundWithItsFigure(Fault fault) throws Exception {
        var finding = ask(fault, fault.planted);

        assertThat(finding.verdict()).as(finding.observed()).isEqualTo(Verdict.FAIL);
        assertThat(finding.observed()).contains(fault.observed);
        assertThat(finding.expected()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void isNotSeenWhereItIsNot(Fault fault) throws Exception {
        var finding = ask(fault, "");

        assertThat(finding.verdict()).as(finding.observed()).isEqualTo(Verdict.PASS);
    }

    @Test
    void everyKindHasAFaultHere() {
        var kinds = new TreeSet<>(Arrays.stream(Fault.values()).map(Fault::kind).toList());

        assertThat(kinds)
                .containsExactlyElementsOf(new TreeSet<>(CheckRegistry.builtIn().names()));
    }

    private Finding ask(Fault fault, String planted) throws Exception {
        try (var checked = new CheckedTable(folder)) {
            checked.reference("codes", "SELECT 'AB' || i AS known FROM range(5) t(i)");
            if (fault.ofParts()) {
                checked.input("train", query("0, 80", ""), ROLES)
                        .input("validation", query("80, 90", ""), ROLES)
                        .input("test", query("90, 100", planted), ROLES);
            } else {
                var rows = planted.equals("rows: 99") ? "0, 99" : "0, 100";
                checked.input("data", query(rows, planted.startsWith("rows") ? "" : planted), ROLES);
            }
            return checked.askOne(CheckedTable.json(fault.check));
        }
    }

    /** The sound rows with some columns replaced or added. */
    private static String query(String range, String planted) {
        var columns = new LinkedHashMap<String, String>();
        for (var column : planted.split(", (?=[a-z]+: )", -1)) {
            if (!column.isEmpty()) {
                columns.put(column.substring(0, column.indexOf(':')), column.substring(column.indexOf(':') + 2));
            }
        }
        var added = columns.containsKey("more") ? ", 1 AS more" : "";
        columns.remove("more");
        var replaced = columns.entrySet().stream()
                .map(column -> column.getValue() + " AS " + column.getKey())
                .reduce((first, second) -> first + ", " + second)
                .map(list -> " REPLACE (" + list + ")")
                .orElse("");
        return "SELECT * EXCLUDE (i)" + replaced + added + " FROM (" + SOUND + ", i FROM range(" + range + ") t(i))";
    }
}
