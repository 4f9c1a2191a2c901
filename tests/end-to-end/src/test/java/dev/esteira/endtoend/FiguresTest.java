package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of the flight model: near those that the same SQL, split and parameters give through XGBoost's Python
 * package, and told in the example's README.
 */
@Tag("slow")
@ExtendWith(UndisturbedRun.Shared.class)
class FiguresTest {

    private static final double SLACK = 0.01;

    /** Seeds follow the version of the code, so another version draws other trees and moves the last place. */
    private static final double NEAR = 0.003;

    private static final long NEAR_ROUNDS = 30;

    /** The words of the README for each metric. */
    private static final Map<String, String> WORDS = Map.of(
            "roc_auc", "ROC AUC", "average_precision", "average precision", "log_loss", "log loss", "brier", "Brier");

    @TempDir
    Path folder;

    @Test
    void theTestFiguresAreThoseOfTheSameWorkInPython(UndisturbedRun undisturbed) {
        var report = report(undisturbed.run(), "evaluate");
        assertThat(report.number("roc_auc").orElseThrow()).isBetween(0.716 - SLACK, 0.721 + SLACK);
        assertThat(report.number("average_precision").orElseThrow()).isBetween(0.51 - SLACK, 0.52 + SLACK);
        assertThat(report.number("log_loss").orElseThrow()).isBetween(0.494 - SLACK, 0.497 + SLACK);
        assertThat(report.number("brier").orElseThrow()).isBetween(0.160 - SLACK, 0.161 + SLACK);
        assertThat(report.fields("constant").number("brier").orElseThrow()).isCloseTo(0.187, within(0.001));
        assertThat(report.whole("rows")).contains(53_991L);
    }

    @Test
    void theReadmeTellsTheTestFiguresWithTheirIntervals(UndisturbedRun undisturbed) throws Exception {
        var report = report(undisturbed.run(), "evaluate");
        var readme = readme();
        for (var metric : WORDS.entrySet()) {
            var interval = report.fields("interval").fields(metric.getKey());
            var low = interval.number("low").orElseThrow();
            var high = interval.number("high").orElseThrow();
            var told = Pattern.compile(metric.getValue() + " (0\\.\\d{3}) \\[(0\\.\\d{3}), (0\\.\\d{3})]")
                    .matcher(readme);
            assertThat(told.find()).as(metric.getValue()).isTrue();
            assertThat(Double.parseDouble(told.group(1))).as(metric.getKey()).isBetween(low, high);
            assertThat(Double.parseDouble(told.group(2))).isCloseTo(low, within(NEAR));
            assertThat(Double.parseDouble(told.group(3))).isCloseTo(high, within(NEAR));
        }
        assertThat(readme)
                .contains("the constant prediction has "
                        + rounded(report.fields("constant").number("log_loss").orElseThrow()) + " and "
                        + rounded(report.fields("constant").number("brier").orElseThrow()));
        var model = undisturbed.run().output("train", "model").fields("summary");
        var rounds = Pattern.compile("It stops after (\\d+) rounds and keeps the model of round (\\d+)")
                .matcher(readme);
        assertThat(rounds.find()).isTrue();
        assertThat(Long.parseLong(rounds.group(1)))
                .isCloseTo(model.whole("rounds").orElseThrow(), within(NEAR_ROUNDS));
        assertThat(Long.parseLong(rounds.group(2)))
                .isCloseTo(model.whole("bestRound").orElseThrow(), within(NEAR_ROUNDS));
    }

    @Test
    void theValidationFigureIsToldToo(UndisturbedRun undisturbed) throws Exception {
        var flights = new FlightsCopy(folder.resolve("flights"));
        flights.editPipeline(text -> text.replace("    gates:\n", """
                    validated:
                      kind: evaluate
                      inputs:
                        data: "${{ steps.split.outputs.validation }}"
                        model: "${{ steps.train.outputs.model }}"
                        transform: "${{ steps.features.outputs.transform }}"
                      metrics: [roc_auc]

                    gates:
                """));
        try (var program = undisturbed.copy(folder.resolve("program"))) {
            var run = program.succeeds("run", flights.pipeline().toString());
            assertThat(run.ran()).containsExactly("validated");
            var figure = report(run, "validated").number("roc_auc").orElseThrow();
            assertThat(figure).isCloseTo(0.712, within(SLACK));
            var told = Pattern.compile("validation ROC AUC (0\\.\\d{3})").matcher(readme());
            assertThat(told.find()).isTrue();
            assertThat(Double.parseDouble(told.group(1))).isCloseTo(figure, within(NEAR));
        }
    }

    private static Value.Fields report(RunDocument run, String step) {
        return run.output(step, "report").fields("summary");
    }

    private static String rounded(double figure) {
        return String.format(Locale.ROOT, "%.3f", figure);
    }

    private static String readme() throws Exception {
        return Files.readString(UndisturbedRun.PIPELINE.resolveSibling("README.md"));
    }
}
