package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import dev.esteira.testing.FolderAttempt;
import dev.esteira.testing.NotedProblems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateKindTest {

    private static final String CONTRACT = """
            apiVersion: esteira.dev/v1
            kind: DataContract
            metadata: {name: readings, version: 1.0.0, owner: weather@example.org}
            spec:
              columns:
                id: {type: integer, nullable: false}
                wind: {type: number, nullable: true, unit: mph}
              checks:
                - {id: key, check: col.unique, column: id, severity: error}
                - {id: wind, check: col.range, column: wind, max: 250, onFail: quarantine, severity: error}
            """;

    @TempDir
    Path folder;

    private final DataEngine engine = new DataEngine(256L << 20);
    private final ValidateKind kind = new ValidateKind(engine, CheckRegistry.builtIn());

    @Test
    void rowsThatFailAreADatasetOfTheirOwnAndTheRestGoesOn() throws Exception {
        var attempt = attempt("contract: c.yaml", rows(200, 1));

        var result = run(attempt);

        assertThat(result).isInstanceOf(StepResult.Succeeded.class);
        assertThat(result.outputs().get("data").summary().whole("rows")).contains(199L);
        assertThat(result.outputs().get("quarantine").summary().whole("rows")).contains(1L);
        var report = report(attempt, result);
        assertThat(report.fields("inputs").fields("data"))
                .isEqualTo(Json.parse("{\"rows\": 200, \"quarantined\": 1, \"dropped\": 0}"));
        assertThat(found(report, "wind").text("observed")).contains("1 of 200 rows fail, 99.50 % pass; quarantined");
        assertThat(found(report, "wind").text("verdict")).contains("pass");
        assertThat(reasons(attempt, result)).containsExactly("0: wind");
    }

    @Test
    void rowsThatAreDroppedAreCountedAndKeptNowhere() throws Exception {
        var checks = "quarantineLimit: {rows: %d, ratio: 0.5}, checks:"
                + " [{id: storm, check: col.range, column: wind, max: 250, onFail: drop},"
                + " {id: first, check: col.range, column: id, min: 1, onFail: quarantine}]";
        var attempt = attempt(checks.formatted(3), rows(200, 3));

        var result = run(attempt);
        var beyond = run(attempt(checks.formatted(2), rows(200, 3)));

        assertThat(result).isInstanceOf(StepResult.Succeeded.class);
        assertThat(result.outputs().get("data").summary().whole("rows")).contains(197L);
        assertThat(reasons(attempt, result)).containsExactly("0: first");
        var report = report(attempt, result);
        assertThat(report.fields("inputs").fields("data"))
                .isEqualTo(Json.parse("{\"rows\": 200, \"quarantined\": 1, \"dropped\": 2}"));
        assertThat(found(report, "storm").text("observed")).contains("3 of 200 rows fail, 98.50 % pass; dropped");
        assertThat(beyond)
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused -> assertThat(refused.message())
                                .startsWith("3 of 200 rows of 'data' would be taken out (1.50 %)"));
    }

    @Test
    void theReportListsWhatWasFoundInEachGroup() throws Exception {
        var attempt = attempt(
                "checks: [{id: wind, check: col.range, column: wind, max: 250, groupBy: [site], severity: warn}]",
                "SELECT i AS id, i % 2 AS site, i * 100.0 AS wind FROM range(4) t(i)");

        var found = found(report(attempt, run(attempt)), "wind");

        assertThat(found.items("groups")).isEqualTo(Json.parse("""
                        [{"name": "site = 0", "verdict": "pass", "observed": "all of 2", "value": 1},
                         {"name": "site = 1", "verdict": "fail", "observed": "1 of 2 rows fail, 50.00 % pass",
                          "value": 0.5}]""").items());
    }

    @Test
    void soundRowsAreHandedOnAsTheyAre() throws Exception {
        var attempt = attempt("contract: c.yaml", rows(50, 0));

        var result = run(attempt);

        assertThat(result.outputs().get("data").digest())
                .isEqualTo(attempt.inputs().get("data").digest());
        assertThat(result.outputs().get("quarantine").summary().whole("rows")).contains(0L);
        assertThat(report(attempt, result).flag("passed")).contains(true);
    }

    @Test
    void moreRowsThanTheLimitStopTheStepAndSayHowMany() throws Exception {
        var defaultLimit = run(attempt("contract: c.yaml", rows(200, 3)));
        var rowLimit = run(attempt("contract: c.yaml, quarantineLimit: {rows: 2, ratio: 0.5}", rows(200, 3)));
        var wideLimit = run(attempt("contract: c.yaml, quarantineLimit: {rows: 3, ratio: 0.015}", rows(200, 3)));

        assertThat(defaultLimit).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("quarantineLimit");
            assertThat(refused.message())
                    .isEqualTo("3 of 200 rows of 'data' would be quarantined (1.50 %), more than the limit of 1.00 %"
                            + " allows.");
        });
        assertThat(rowLimit)
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("more than the limit of 2 rows or 50.00 % allows"));
        assertThat(wideLimit).isInstanceOf(StepResult.Succeeded.class);
    }

    @Test
    void aFailedCheckStopsTheStepAndItsReportIsKept() throws Exception {
        var attempt = attempt(
                "checks: [{id: size, check: tbl.row_count, min: 1000}, {id: few, check: tbl.row_count, max: 10, severity: warn},"
                        + " {id: none, check: col.not_null, column: wind, severity: info}]",
                rows(200, 0));

        var result = run(attempt);

        assertThat(result).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("checkFailed");
            assertThat(refused.message())
                    .isEqualTo("The check 'size' (tbl.row_count) failed on 'data': 200 rows, expected at least 1000.");
        });
        var report = report(attempt, result);
        assertThat(report.flag("passed")).contains(false);
        assertThat(report.whole("warnings")).contains(1L);
    }

    @Test
    void whatNobodyCanDecideWarnsOnDataWhenItWasAskedAsAnError() throws Exception {
        var result = run(attempt("checks: [{id: order, check: ml.split_overlap}]", rows(5, 0)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        StepResult.Succeeded.class,
                        succeeded -> assertThat(succeeded.warnings()).isEqualTo(1));
    }

    @Test
    void dimensionAndOwnerStandInTheReport() throws Exception {
        var attempt = attempt(
                "checks: [{id: size, check: tbl.row_count, min: 1, dimension: coverage, owner: ops, tags: [daily]}]",
                rows(5, 0));

        var found = found(report(attempt, run(attempt)), "size");
        assertThat(found.text("dimension")).contains("coverage");
        assertThat(found.text("owner")).contains("ops");
    }

    @Test
    void theSameRowsGiveTheSameReportAndTheSameQuarantine() throws Exception {
        var one = run(attempt("contract: c.yaml", rows(200, 2)));
        var two = run(attempt("contract: c.yaml", rows(200, 2)).threads(4));

        for (var name : List.of("report", "quarantine", "data")) {
            assertThat(two.outputs().get(name).digest())
                    .isEqualTo(one.outputs().get(name).digest());
        }
    }

    @Test
    void aFaultInTheContractIsNamedAtItsLine() throws Exception {
        Files.writeString(
                folder.resolve("c.yaml"),
                CONTRACT.replace("column: wind, max", "column: wnid, max")
                        .replace("check: col.unique", "check: col.uniqe"));
        var problems = new NotedProblems().input("data", outline()).bundle(folder);

        kind.check(new StepSpec("step", yaml("contract: c.yaml"), Value.Fields.EMPTY), problems);

        assertThat(problems.found())
                .containsExactly(
                        "c.yaml:9:24 UNKNOWN_CHECK There is no check 'col.uniqe'. Did you mean 'col.unique'?",
                        "c.yaml:10:44 CHECK_COLUMN_UNKNOWN There is no column 'wnid'. Did you mean 'wind'?");
    }

    @Test
    void aReferenceThatIsMissingOrOfAnotherTypeIsNamed() {
        var checks = "checks: [{id: a, check: tbl.references, columns: [wind], to: {reference: %s, columns: [code]}}]";
        var known = new NotedProblems()
                .input("data", outline())
                .reference("ports", Outline.dataset(new Schema(List.of(column("code", LogicalType.STRING)))));
        var unknown = new NotedProblems().input("data", outline()).reference("ports", Outline.of(ArtifactType.DATASET));

        kind.check(new StepSpec("step", yaml(checks.formatted("ports")), Value.Fields.EMPTY), known);
        kind.check(new StepSpec("step", yaml(checks.formatted("port")), Value.Fields.EMPTY), unknown);

        assertThat(known.found())
                .containsExactly(
                        "/checks/0/to/columns CHECK_COLUMN_UNFIT 'wind' is a number and 'code' of the reference"
                                + " a string. Compare columns of the same type.");
        assertThat(unknown.found())
                .containsExactly("/checks/0/to/reference REFERENCE_UNKNOWN The step has no reference 'port'."
                        + " Did you mean 'ports'?");
    }

    @Test
    void aColumnThatOnlyTheRowsLackStopsTheStep() throws Exception {
        var attempt = attempt("checks: [{id: a, check: col.not_null, column: gust}]", rows(5, 0));

        assertThatThrownBy(() -> run(attempt))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        error -> assertThat(error.code()).isEqualTo(QualityErrorCode.CHECK_COLUMN_UNKNOWN))
                .hasMessageContaining("Check 'a': There is no column 'gust'.");
    }

    private static Outline outline() {
        return Outline.dataset(
                new Schema(List.of(column("id", LogicalType.INTEGER), column("wind", LogicalType.NUMBER))));
    }

    private static Column column(String name, LogicalType type) {
        return new Column(name, type, true, Optional.empty());
    }

    /** Readings of which the first ones are storms that never were. */
    private static String rows(int rows, int faulty) {
        return "SELECT i AS id, CASE WHEN i < " + faulty
                + " THEN 1048 ELSE i % 40 END * 1.0::DOUBLE AS wind FROM range(" + rows + ") t(i)";
    }

    private StepResult run(FolderAttempt attempt) throws Exception {
        return ((Execution.Inline) kind.execution(attempt.spec())).body().run(attempt);
    }

    private FolderAttempt attempt(String fields, String query) throws Exception {
        Files.writeString(folder.resolve("c.yaml"), CONTRACT);
        var attempt = new FolderAttempt(folder, yaml(fields), Value.Fields.EMPTY).bundle(folder);
        try (var session = engine.open(attempt.directory().resolve("made"), 1, List.of())) {
            var data = new DatasetWriter(session)
                    .publish(attempt, "data", query, List.of(), new DatasetOptions(Map.of("id", Role.ID), List.of()));
            return attempt.input("data", data);
        }
    }

    private static Value.Fields report(FolderAttempt attempt, StepResult result) throws Exception {
        return Json.parseFields(attempt.text(result.outputs().get("report"), "report.json"));
    }

    private static Value.Fields found(Value.Fields report, String id) {
        return report.items("checks").stream()
                .map(check -> check.asFields().orElseThrow())
                .filter(check -> check.text("id").orElse("").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> reasons(FolderAttempt attempt, StepResult result) throws Exception {
        Artifact taken = result.outputs().get("quarantine");
        var dataset = Dataset.read(attempt, taken);
        try (var session = engine.open(attempt.directory().resolve("read"), 1, List.of(dataset.parquet()))) {
            return session.rows(
                    "SELECT id, failed_checks FROM " + dataset.relation(),
                    List.of(),
                    row -> row.getLong(1) + ": " + row.getString(2));
        }
    }

    private static Value.Fields yaml(String fields) {
        return Yaml.read("step", "{" + fields + "}")
                .orThrow()
                .value()
                .asFields()
                .orElseThrow();
    }
}
