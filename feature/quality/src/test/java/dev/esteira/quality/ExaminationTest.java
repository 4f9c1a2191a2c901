package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExaminationTest {

    private static final String PEOPLE = """
            SELECT * FROM (VALUES (1, 'a@x', 20.0::DOUBLE, TIMESTAMP '2026-01-01 00:00:00'),
                (2, 'b@x', 30.0, TIMESTAMP '2026-01-01 01:00:00'), (2, NULL, 'nan'::DOUBLE, TIMESTAMP '2026-01-01 03:00:00'),
                (4, 'no mail', 1e9, TIMESTAMP '2026-01-01 04:00:00')) t(id, mail, age, moment)""";

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
                "{check: col.not_null, column: mail} | FAIL | 1 of 4 rows fail",
                "{check: col.not_null, column: mail, minPassRatio: 0.75} | PASS | 1 of 4 rows fail",
                "{check: col.not_null, column: id} | PASS | all of 4",
                "{check: col.unique, column: id} | FAIL | 2 of 4 stand twice or more",
                "{check: cols.unique, columns: [id, mail]} | PASS | all of 3",
                "{check: col.range, column: age, between: [0, 120]} | FAIL | 2 of 4 rows fail",
                "{check: col.range, column: id, min: 1} | PASS | all of 4",
                "{check: col.in_set, column: id, set: [1, 2, 4]} | PASS | all of 4",
                "{check: col.in_set, column: mail, set: ['a@x']} | FAIL | 2 of 3 rows fail",
                "{check: col.regex, column: mail, pattern: '.+@.+'} | FAIL | 1 of 3 rows fail",
                "{check: col.length, column: mail, max: 3} | FAIL | 1 of 3 rows fail",
                "{check: col.type, column: id, type: number} | PASS | all of 4",
                "{check: col.type, column: mail, type: integer} | FAIL | 3 of 3 rows fail",
                "{check: col.finite, column: age} | FAIL | 1 of 4 rows fail",
                "{check: tbl.row_count, min: 5} | FAIL | 4 rows",
                "{check: tbl.row_count, between: [4, 4]} | PASS | 4 rows",
                "{check: col.mean, column: id, between: [2, 3]} | PASS | 2.25",
                "{check: col.std, column: id, max: 1} | FAIL | 1.25831",
                "{check: col.quantile, column: id, q: 0.5, max: 2} | PASS | 2",
                "{check: row.predicate, expression: 'age < 100 or id = 4'} | FAIL | 1 of 4 rows fail",
                "{check: tbl.continuous_time, column: moment, step: 1h} | FAIL | 1 of 5 are missing",
                "{check: tbl.references, columns: [id], to: {reference: known, columns: [k]}} | FAIL | 1 of 4 are not in known",
                "{check: tbl.schema, columns: {id: {type: integer}, name: {type: string}}} | FAIL | name is not there",
                "{check: tbl.schema, columns: {mail: {type: string, nullable: false}}} | FAIL | mail is missing in 1 row",
            })
    void everyKindSaysWhatItSaw(String check, Verdict verdict, String observed) throws Exception {
        checked.reference("known", "SELECT * FROM (VALUES (1), (2), (3)) t(k)").input("data", PEOPLE, Map.of());

        var finding = checked.askOne(json(check));

        assertThat(finding.verdict()).as(finding.observed()).isEqualTo(verdict);
        assertThat(finding.observed()).startsWith(observed);
    }

    @Test
    void examplesOfFailingValuesAreShown() throws Exception {
        checked.input("data", PEOPLE, Map.of());

        assertThat(checked.askOne(json("{check: col.regex, column: mail, pattern: '.+@.+'}"))
                        .examples())
                .containsExactly("no mail");
    }

    @Test
    void rowsThatFailAreTakenOutAndNoneIsLost() throws Exception {
        checked.input("data", PEOPLE, Map.of());
        var table = checked.table("data");
        var checks = new CheckReader(CheckRegistry.builtIn())
                .read(
                        dev.esteira.document.Json.parse(
                                        json(
                                                "[{id: age, check: col.range, column: age, max: 120, onFail: quarantine},"
                                                        + " {id: mail, check: col.not_null, column: mail, onFail: quarantine}]"))
                                .items(),
                        (pointer, code, message, remedy) -> {
                            throw new AssertionError(message);
                        });

        var quarantine = Quarantine.of(checks, table).orElseThrow();
        var clean = table.ask("SELECT id FROM (" + quarantine.clean(table) + ")", row -> row.getLong(1));
        var taken = table.ask(
                "SELECT id, failed_checks FROM (" + quarantine.taken(table) + ") ORDER BY failed_checks",
                row -> row.getLong(1) + ": " + row.getString(2));

        assertThat(clean).containsExactlyInAnyOrder(1L, 2L);
        assertThat(taken).containsExactly("4: age", "2: age, mail");
    }

    @Test
    void aFeatureThatKnowsTheLabelIsNamed() throws Exception {
        checked.input(
                "train",
                "SELECT i, i % 2 = 0 AS late, i % 2 + (i % 7) * 0.01 AS spy, i % 5 AS noise FROM range(1000) t(i)",
                Map.of("late", Role.LABEL, "i", Role.ID));

        var finding = checked.askOne(json("{check: ml.single_feature_leakage, maxScore: 0.85}"));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.observed()).isEqualTo("spy alone scores 1");
    }

    @Test
    void partsOfASplitAreComparedWithEachOther() throws Exception {
        var roles = Map.of("id", Role.ID, "moment", Role.TIME, "late", Role.LABEL, "who", Role.GROUP);
        checked.input("train", part("range(0, 80)"), roles)
                .input("validation", part("range(79, 90)"), roles)
                .input("test", part("range(90, 100)"), roles);

        var findings = checked.ask(json("[{id: a, check: ml.split_overlap}, {id: b, check: ml.time_leakage},"
                + " {id: c, check: ml.group_leakage}, {id: d, check: ml.new_category, columns: [port], maxShare: 0.5},"
                + " {id: e, check: ml.class_balance, minShare: 0.3, input: train}]"));

        assertThat(findings.stream().map(result -> result.finding().observed()).toList())
                .containsExactly(
                        "1 row in two parts",
                        "1 row is not later than the parts before",
                        "7 groups in two parts",
                        "10 of 10 rows of test have a new port, 100.00 %",
                        "rarest class false 50.00 %");
        assertThat(findings.stream().map(result -> result.finding().verdict()).toList())
                .containsExactly(Verdict.FAIL, Verdict.FAIL, Verdict.FAIL, Verdict.FAIL, Verdict.PASS);
    }

    @Test
    void aLabelOfOneClassFails() throws Exception {
        checked.input("train", "SELECT 1 AS late FROM range(10)", Map.of("late", Role.LABEL));

        assertThat(checked.askOne(json("{check: ml.class_balance, minShare: 0.05}"))
                        .observed())
                .isEqualTo("one class only: 1");
    }

    private static String part(String rows) {
        return "SELECT i AS id, TIMESTAMP '2026-01-01' + to_hours(i) AS moment, i % 2 = 0 AS late, i % 7 AS who,"
                + " CASE WHEN i < 90 THEN 'old' ELSE 'new' END AS port FROM " + rows + " t(i)";
    }

    private static String json(String yaml) {
        return CheckedTable.json(yaml);
    }

    @Test
    void everyKindIsInTheRegistryOnce() {
        assertThat(CheckRegistry.builtIn().names()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(22);
        assertThat(CheckRegistry.builtIn().kinds().stream()
                        .map(CheckKind::documentation)
                        .toList())
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank());
        assertThat(List.of(Severity.values())).hasSize(3);
    }
}
