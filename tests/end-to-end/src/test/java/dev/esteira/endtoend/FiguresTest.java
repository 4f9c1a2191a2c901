package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final List<String> METRICS = List.of("roc_auc", "average_precision", "log_loss", "brier");

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
        for (var metric : METRICS) {
            var low = report.fields("interval").fields(metric).number("low").orElseThrow();
            var high = report.fields("interval").fields(metric).number("high").orElseThrow();
            var told = Pattern.compile("\\| `" + metric
                            + "` \\| (0\\.\\d{3}) \\| (0\\.\\d{3}) – (0\\.\\d{3}) \\| (0\\.\\d{3}) \\|")
                    .matcher(readme);
            assertThat(told.find()).as(metric).isTrue();
            assertThat(Double.parseDouble(told.group(1))).as(metric).isBetween(low, high);
            assertThat(Double.parseDouble(told.group(2))).as(metric).isCloseTo(low, within(NEAR));
            assertThat(Double.parseDouble(told.group(3))).as(metric).isCloseTo(high, within(NEAR));
            assertThat(Double.parseDouble(told.group(4)))
                    .as(metric)
                    .isCloseTo(report.fields("constant").number(metric).orElseThrow(), within(0.0005));
        }
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
            var told = Pattern.compile("validation ROC AUC of (0\\.\\d{3})").matcher(readme());
            assertThat(told.find()).isTrue();
            assertThat(Double.parseDouble(told.group(1))).isCloseTo(figure, within(NEAR));
        }
    }

    private static Value.Fields report(RunDocument run, String step) {
        return run.output(step, "report").fields("summary");
    }

    private static String readme() throws Exception {
        return Files.readString(UndisturbedRun.PIPELINE.resolveSibling("README.md"));
    }
}
