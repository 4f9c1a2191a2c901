package dev.esteira.quality;

import static dev.esteira.quality.CheckedTable.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that are asked of every group of rows. */
class GroupsTest {

    /** Four rows of A with one fault, two of B without, one of no port with a fault. */
    private static final String FLIGHTS = """
            SELECT * FROM (VALUES
                ('A', 1, 10.0, TIMESTAMP '2026-01-01 00:00'), ('A', 2, 20.0, TIMESTAMP '2026-01-01 01:00'),
                ('A', 3, NULL, TIMESTAMP '2026-01-01 02:00'), ('A', 4, 30.0, TIMESTAMP '2026-01-01 04:00'),
                ('B', 5, 1.0, TIMESTAMP '2026-02-01 00:00'), ('B', 6, 2.0, TIMESTAMP '2026-02-01 01:00'),
                (NULL, 7, NULL, TIMESTAMP '2026-01-01 00:00')) t(port, id, delay, moment)""";

    @TempDir
    Path folder;

    private CheckedTable checked;

    @BeforeEach
    void open() throws Exception {
        checked = new CheckedTable(folder).input("data", FLIGHTS, Map.of());
    }

    @AfterEach
    void close() {
        checked.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check: col.not_null, column: delay, minPassRatio: 0.7 | FAIL"
                        + " | 1 of 3 groups: port missing (1 of 1 rows fail, 0.00 % pass) | 0.0",
                "check: col.not_null, column: delay, minPassRatio: 0.8, where: 'port is not null' | FAIL"
                        + " | 1 of 2 groups: port = A (1 of 4 rows fail, 75.00 % pass) | 0.75",
                "check: col.not_null, column: delay, minPassRatio: 0.7, where: 'port is not null' | PASS"
                        + " | 1 of 6 in 2 groups, at worst port = A: 1 of 4 rows fail, 75.00 % pass | 0.75",
                "check: col.range, column: delay, min: 0 | PASS | all of 5 in 3 groups | 1.0",
                "check: tbl.row_count, min: 1 | PASS | 3 groups from 1 row (port missing) to 4 rows (port = A) | 1.0",
                "check: tbl.row_count, min: 3 | FAIL | 2 of 3 groups: port missing (1 row), port = B (2 rows) | 1.0",
                "check: col.mean, column: delay, max: 5 | FAIL | 1 of 3 groups: port = A (20) | 1.5",
                "check: col.mean, column: delay, max: 25 | UNDECIDED | 1 of 3 groups: port missing (no number to ask) | 1.5",
                "check: tbl.continuous_time, column: moment, step: 1h, minPassRatio: 0.8 | PASS"
                        + " | 1 of 8 in 3 groups, at worst port = A: 1 of 5 are missing, 80.00 % pass | 0.8",
                "check: tbl.row_count, min: 3, maxGroups: 2 | UNDECIDED | more than 2 groups |",
                "check: tbl.row_count, min: 3, where: 'id > 100' | FAIL | 0 rows | 0.0",
            })
    void everyGroupMustPass(String check, Verdict verdict, String observed, Double value) throws Exception {
        var finding = checked.askOne(json("{" + check + ", groupBy: [port]}"));

        assertThat(finding.observed()).isEqualTo(observed);
        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(finding.value()).isEqualTo(value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
    }

    @Test
    void manyFailingGroupsAreCountedAndTheFirstNamed() throws Exception {
        checked.input("data", "SELECT i AS port, i AS delay FROM range(1, 8) t(i)", Map.of());

        var result = checked.ask("[" + json("{check: col.range, column: delay, max: 2, groupBy: [port]}") + "]")
                .getFirst();

        assertThat(result.finding().observed())
                .isEqualTo("5 of 7 groups: port = 3 (1 of 1 rows fail, 0.00 % pass), port = 4 (1 of 1 rows fail,"
                        + " 0.00 % pass), port = 5 (1 of 1 rows fail, 0.00 % pass) and 2 more");
        assertThat(result.finding().expected()).isEqualTo("at most 2, for each port");
        assertThat(result.finding().examples()).containsExactly("3");
        assertThat(result.groups()).hasSize(7);
    }

    @Test
    void groupsOfTheirTypesAreFoundAgain() throws Exception {
        checked.input("data", """
                SELECT * FROM (VALUES (0.1::FLOAT, DATE '1969-12-31', true, 'it''s'), (0.1::FLOAT, NULL, true, ''),
                    ('nan'::FLOAT, NULL, false, 'a, b = c')) t(share, day, flag, word)""", Map.of());
        for (var column : new String[] {"share", "day", "flag", "word"}) {
            var result = checked.ask(
                            "[" + json("{check: cols.unique, columns: [flag, word], groupBy: [" + column + "]}") + "]")
                    .getFirst();
            assertThat(result.finding().checked()).as(column).isEqualTo(3);
            assertThat(result.finding().verdict()).as(column).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aColumnThatAQuarantineWouldAddTwiceIsRefused() throws Exception {
        checked.input("data", "SELECT 1 AS id, 'x' AS failed_checks", Map.of());
        assertThat(checked.problems(json("{check: col.not_null, column: id, onFail: quarantine}")))
                .singleElement()
                .asString()
                .startsWith("/onFail CHECK_COLUMN_UNFIT The rows have a column 'failed_checks' of their own");
        assertThat(checked.problems(json("{check: col.not_null, column: id, onFail: drop}")))
                .isEmpty();
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithItsPlace() {
        assertThat(checked.problems(json("{check: tbl.row_count, min: 3, groupBy: [id, prt]}")))
                .containsExactly("/groupBy/1 CHECK_COLUMN_UNKNOWN There is no column 'prt'. Did you mean 'port'?");
        assertThat(checked.problems(json("{check: tbl.schema, columns: {}, groupBy: [id]}")))
                .singleElement()
                .asString()
                .contains("groupBy");
    }
}
