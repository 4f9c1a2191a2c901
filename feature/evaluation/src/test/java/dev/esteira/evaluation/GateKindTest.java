package dev.esteira.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.document.Yaml;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateKindTest {

    private static final Value.Fields PARAMS = Value.Fields.EMPTY.with("minAuc", Value.of(0.68));
    private static final String REPORT = """
            {"formatVersion": 1, "report": {"roc_auc": 0.71, "rows": 100, "slices": [
                {"name": "origin", "value": "JFK", "rows": 60, "roc_auc": 0.58},
                {"name": "origin", "value": "LGA", "rows": 40}]},
             "undefined": {"/report/slices/1/roc_auc": "the slice origin = LGA: no positive rows",
                "/report/average_precision": "the rows: no positive rows"}}""";

    @TempDir
    Path folder;

    private final GateKind kind = new GateKind();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | /checks GATE_CHECK_MALFORMED The gate has no check, so every model would pass.",
                "[{id: a}] | /checks/0 GATE_CHECK_MALFORMED A check of a gate has either 'assert' or 'check'.",
                "[{id: a, assert: 'true', check: model.size, max: 1MiB}] | /checks/0 GATE_CHECK_MALFORMED A check of a gate has either",
                "[{id: a, check: model.size}] | /checks/0 GATE_CHECK_MALFORMED The check model.size has no bound. Add max: 20MiB.",
                "[{id: a, assert: 'report.roc_auc > 0.5', max: 1MiB}] | /checks/0/max GATE_CHECK_MALFORMED 'max' belongs to check: model.size",
                "[{id: a, assert: 'params.minAcu > 0.5'}] | /checks/0/assert UNKNOWN_NAME",
                "[{id: a, assert: 'report.roc_auc >'}] | /checks/0/assert MALFORMED_EXPRESSION",
                "[{id: a, assert: '1 + 1'}] | /checks/0/assert EXPRESSION_TYPE",
                "[{id: a, assert: 'true'}, {id: a, assert: 'true'}] | /checks/1/id GATE_CHECK_MALFORMED Two checks have the id 'a'.",
            })
    void whatNobodyCouldDecideIsRefusedAtItsPlace(String checks, String problem) {
        var problems = problems()
                .input("report", Outline.of(ArtifactType.EVALUATION_REPORT))
                .input("model", Outline.of(ArtifactType.MODEL));
        kind.check(new StepSpec("gates", yaml(checks), PARAMS), problems);

        assertThat(problems.found()).singleElement().asString().startsWith(problem);
    }

    @Test
    void inputsOfAnotherTypeAreNamed() {
        var problems = problems()
                .input("report", Outline.of(ArtifactType.MODEL))
                .input("modle", Outline.of(ArtifactType.MODEL));
        kind.check(new StepSpec("gates", yaml("[{id: a, assert: 'true'}]"), PARAMS), problems);

        assertThat(problems.found())
                .containsExactlyInAnyOrder(
                        "/inputs/report EVALUATION_INPUT_MISSING The input 'report' is a Model, not a EvaluationReport.",
                        "EVALUATION_INPUT_MISSING The step has no input 'model'. Add a Model under 'inputs'.",
                        "/inputs/modle EVALUATION_INPUT_MISSING The step does not take an input 'modle'. Did you mean 'model'?");
    }

    @Test
    void aGateThatPassesDecidesAndCountsItsWarnings() throws Exception {
        var attempt = attempt("""
                [{id: useful, assert: "report.roc_auc >= params.minAuc"}, {id: small, check: model.size, max: 1KiB},
                 {id: everywhere, assert: "report.slices.all(s, s.roc_auc >= 0.7)", severity: warn}]""");

        var result = run(attempt);

        assertThat(result)
                .isInstanceOfSatisfying(
                        StepResult.Succeeded.class,
                        succeeded -> assertThat(succeeded.warnings()).isEqualTo(1));
        assertThat(decision(attempt, result).flag("passed")).contains(true);
        assertThat(decision(attempt, result).items("checks"))
                .extracting(check -> check.asFields().orElseThrow())
                .extracting(check -> check.text("verdict").orElseThrow() + ": "
                        + check.text("observed").orElseThrow())
                .containsExactly(
                        "pass: report.roc_auc = 0.7100, params.minAuc = 0.6800",
                        "pass: 0.00 MiB",
                        "fail: the slice origin = JFK has roc_auc = 0.5800");
    }

    @Test
    void aFigureThatDoesNotExistStopsTheModelWithTheReason() throws Exception {
        var attempt = attempt("""
                [{id: precise, assert: "report.average_precision >= 0.1"},
                 {id: everywhere, assert: "report.slices.all(s, s.roc_auc >= 0.5)"}]""");

        var result = run(attempt);

        assertThat(result).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("gateFailed");
            assertThat(refused.message())
                    .isEqualTo("The gate's check 'precise' cannot be decided: report.average_precision does not exist:"
                            + " the rows: no positive rows, expected report.average_precision >= 0.1; 1 more.");
        });
        assertThat(decision(attempt, result)
                        .items("checks")
                        .getLast()
                        .asFields()
                        .orElseThrow())
                .satisfies(check -> {
                    assertThat(check.text("verdict")).contains("undecided");
                    assertThat(check.text("observed"))
                            .contains(
                                    "report.slices[1].roc_auc does not exist: the slice origin = LGA: no positive rows.");
                });
    }

    @Test
    void aFigureThatDoesNotExistOnlyWarnsWhenItWasAskedAsAWarning() throws Exception {
        var attempt = attempt("[{id: precise, assert: 'report.average_precision >= 0.1', severity: warn}]");

        assertThat(run(attempt))
                .isInstanceOfSatisfying(
                        StepResult.Succeeded.class,
                        succeeded -> assertThat(succeeded.warnings()).isEqualTo(1));
    }

    @Test
    void theSameReportGivesTheSameDecision() throws Exception {
        var checks = "[{id: useful, assert: 'report.roc_auc >= 0.7'}]";

        assertThat(run(attempt(checks)).outputs().get("decision").digest())
                .isEqualTo(run(attempt(checks)).outputs().get("decision").digest());
    }

    private StepResult run(FolderAttempt attempt) throws Exception {
        return ((Execution.Inline) kind.execution(attempt.spec())).body().run(attempt);
    }

    private static Value.Fields decision(FolderAttempt attempt, StepResult result) throws Exception {
        Artifact decision = result.outputs().get("decision");
        return Json.parseFields(attempt.text(decision, "decision.json"));
    }

    private FolderAttempt attempt(String checks) throws Exception {
        var attempt = new FolderAttempt(folder, yaml(checks), PARAMS);
        var report = Files.writeString(attempt.directory().resolve("r.json"), REPORT);
        var trees = Files.writeString(attempt.directory().resolve("model.ubj"), "trees");
        return attempt.input(
                        "report",
                        attempt.publish(
                                ArtifactType.EVALUATION_REPORT, Map.of("report.json", report), Value.Fields.EMPTY))
                .input("model", attempt.publish(ArtifactType.MODEL, Map.of("model.ubj", trees), Value.Fields.EMPTY));
    }

    private static NotedProblems problems() {
        return new NotedProblems();
    }

    private static Value.Fields yaml(String checks) {
        return Yaml.read("step", "checks: " + checks)
                .orThrow()
                .value()
                .asFields()
                .orElseThrow();
    }

    @Test
    void theShapeOfEveryCheckIsTheDocumentedOne() {
        assertThat(kind.shape().fields()).extracting(field -> field.name()).isEqualTo(List.of("checks"));
        assertThat(kind.seeded(new StepSpec("gate", Value.Fields.EMPTY, Value.Fields.EMPTY)))
                .isFalse();
    }
}
