package dev.esteira.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.expression.ExpressionType;
import dev.esteira.expression.Expressions;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.quality.Verdict;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateCheckTest {

    private static final Value REPORT = Json.parse("""
            {"roc_auc": 0.718, "rows": 3000, "interval": {"roc_auc": {"low": 0.713, "high": 0.723}}, "brier": 0.1604,
             "constant": {"brier": 0.1875},
             "cases": [],
             "slices": [{"name": "carrier", "value": "AA", "rows": 2000, "roc_auc": 0.6},
                        {"name": "carrier", "value": "OO", "rows": 5},
                        {"name": "carrier", "value": "B6", "rows": 3000, "roc_auc": 0.72}]}""");
    private static final Map<String, String> ABSENCES = Map.of(
            "/report/slices/1/roc_auc", "the slice carrier = OO has one class only",
            "/report/interval/brier", "the interval: too few rounds with a value");
    private static final Value PARAMS = Json.parse("{\"minAuc\": 0.68}");
    private static final Artifact MODEL = new Artifact(
            ArtifactType.MODEL,
            List.of(new ArtifactFile("model.ubj", Digest.ofText("trees"), 3 << 20)),
            Value.Fields.EMPTY);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "report.interval.roc_auc.low >= params.minAuc ; PASS ; report.interval.roc_auc.low = 0.7130",
                "report.brier < report.constant.brier ; PASS ; report.brier = 0.1604",
                "report.roc_auc >= 0.8 ; FAIL ; report.roc_auc = 0.7180",
                "!has(report.baseline) || report.roc_auc >= report.baseline.roc_auc - 0.005 ; PASS ; report.roc_auc",
                "!has(report.baseline) ; PASS ; no report.baseline",
                "report.slices.filter(s, s.rows >= 1000).all(s, s.roc_auc >= 0.55) ; PASS ; roc_auc of 2 slices from 0.6000 (carrier = AA) to 0.7200 (carrier = B6)",
                "report.slices.filter(s, s.rows >= 1000).all(s, s.roc_auc >= 0.65) ; FAIL ; 'the slice carrier = AA has rows = 2000, roc_auc = 0.6000'",
                "report.slices.filter(s, s.rows >= 9000).all(s, s.roc_auc >= 0.65) ; PASS ; rows of 3 slices from 5 (carrier = OO) to 3000 (carrier = B6)",
                "report.slices.all(s, s.rows < 1000 || s.roc_auc >= 0.65) ; FAIL ; 'the slice carrier = AA has rows = 2000, roc_auc = 0.6000'",
                "!report.slices.exists(s, s.rows >= 1000 && s.roc_auc < 0.75) ; FAIL ; 'the slice carrier = AA has rows = 2000, roc_auc = 0.6000; the slice carrier = B6 has rows = 3000, roc_auc = 0.7200'",
                "report.slices.filter(s, s.rows >= 1000).all(s, s.roc_auc >= report.roc_auc - 0.1) ; FAIL ; 'report.roc_auc = 0.7180, the slice carrier = AA has'",
                "report.slices.all(s, s.rows > 10) ; FAIL ; 'the slice carrier = OO has rows = 5'",
                "report.slices.exists(s, s.rows > 1000000) ; FAIL ; rows of 3 slices from 5 (carrier = OO) to 3000 (carrier = B6)",
                "report.slices.all(s, has(s.name)) ; PASS ; none of the 3 slices was asked for a figure",
                "report.cases.all(s, s.roc_auc > 0.5) ; PASS ; there are no cases",
                "size(report.slices) >= 3 ; PASS ; ''",
                "report.slices.all(s, s.roc_auc >= 0.55) ; UNDECIDED ; ''",
                "report.roc_auc ; UNDECIDED ; The expression gives no truth value",
                "report.interval.roc_auc.low >= 0.7 && report.interval.brier.high < 0.2 ; UNDECIDED ; 'report.interval.brier does not exist: the interval: too few rounds with a value'",
                "report.roc_auc > 'high' ; UNDECIDED ; ''",
                "report.roc_auc >= 0.7 && report.rows > 100 ; PASS ; 'report.roc_auc = 0.7180, report.rows = 3000'",
                "report.baseline.roc_auc > 0.5 ; UNDECIDED ; report.baseline",
            })
    void anAssertionSaysWhichFiguresItRead(String assertion, Verdict verdict, String observed) {
        var result = judge("{\"id\": \"x\", \"assert\": \"" + assertion + "\"}");

        assertThat(result.verdict()).as(result.observed()).isEqualTo(verdict);
        assertThat(result.observed()).contains(observed);
    }

    @Test
    void anAssertionThatNobodyCanDecideNamesTheSlice() {
        var result = judge("{\"id\": \"x\", \"assert\": \"report.slices.all(s, s.roc_auc >= 0.55)\"}");

        assertThat(result.observed()).contains("the slice carrier = OO has one class only");
        assertThat(result.blocks()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"20MiB,PASS", "2MiB,FAIL", "3MiB,PASS"})
    void theSizeOfAModelIsThatOfAllItsFiles(String max, Verdict verdict) {
        assertThat(judge("{\"id\": \"x\", \"check\": \"model.size\", \"max\": \"" + max + "\"}")
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aGateNamesWhatBlocks() {
        var decision = new GateDecision(List.of(
                judge("{\"id\": \"good\", \"assert\": \"report.roc_auc >= 0.5\"}"),
                judge("{\"id\": \"better\", \"assert\": \"report.roc_auc >= 0.9\"}"),
                judge("{\"id\": \"nice\", \"assert\": \"report.roc_auc >= 0.9\", \"severity\": \"warn\"}")));

        assertThat(decision.passed()).isFalse();
        assertThat(decision.warnings()).isEqualTo(1);
        assertThat(decision.refusal())
                .isEqualTo(
                        "The gate's check 'better' failed: report.roc_auc = 0.7180, expected report.roc_auc >= 0.9.");
    }

    private static GateCheck.Result judge(String check) {
        var expressions =
                new Expressions(Map.of("report", ExpressionType.DYNAMIC, "params", ExpressionType.of(PARAMS)));
        return GateCheck.of(Json.parse(check).asFields().orElseThrow())
                .judge(expressions, Map.of("report", REPORT, "params", PARAMS), ABSENCES, MODEL);
    }
}
