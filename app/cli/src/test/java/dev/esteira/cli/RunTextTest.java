package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import org.junit.jupiter.api.Test;

class RunTextTest {

    @Test
    void writesFiguresForPeople() {
        assertThat(RunText.figure(0.71634)).isEqualTo("0.7163");
        assertThat(RunText.figure(327346)).isEqualTo("327 346");
        assertThat(RunText.figure(0.00001234)).isEqualTo("1.234e-05");
        assertThat(RunText.figure(-2.5)).isEqualTo("-2.5000");
        assertThat(RunText.grouped(-1234567)).isEqualTo("-1 234 567");
    }

    @Test
    void writesProgressOnOneLine() {
        assertThat(RunText.progress(Json.parseFields("{\"rows\": 217727}"))).isEqualTo("217 727 rows");
        assertThat(RunText.progress(Json.parseFields("{}"))).isEmpty();
    }

    @Test
    void saysWhatDiffersInPlaceOfTwoDigests() {
        var digest = "b".repeat(64);
        assertThat(difference("params", "/fields/trainer/rounds", "400", "30")).isEqualTo("trainer.rounds 400 -> 30");
        assertThat(difference("seed", "", "1", "2")).isEqualTo("seed 1 -> 2");
        assertThat(difference("inputs", "/data", digest, digest)).isEqualTo("inputs data");
        assertThat(RunText.difference(Json.parseFields("{\"component\": \"code\", \"place\": \"//sql/path\","
                        + " \"file\": \"sql/flights.sql\", \"from\": \"" + digest + "\"}")))
                .isEqualTo("sql/flights.sql");
    }

    private static String difference(String component, String place, String from, String to) {
        return RunText.difference(Json.parseFields("{\"component\": \"" + component + "\", \"place\": \"" + place
                + "\", \"from\": \"" + from + "\", \"to\": \"" + to + "\"}"));
    }

    @Test
    void writesAnyValue() {
        assertThat(RunText.value(Json.parse("{\"a\": [1, true, null], \"b\": \"x\"}")))
                .isEqualTo("a 1, yes, -, b x");
    }

    @Test
    void tablesAreAsWideAsTheyMustBe() {
        var table = new Table("check", "observed");
        table.row("rows", "336 776");
        table.row("a-long-name", "1");
        assertThat(table.lines(80, (style, text) -> text))
                .containsExactly("  check        observed", "  rows         336 776", "  a-long-name  1");
    }
}
