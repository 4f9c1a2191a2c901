package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.esteira.kernel.Value;
import dev.esteira.spi.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A regression on a small real table along the whole belt. The expected figures are those of the same work by hand in
 * Python, {@code src/test/golden/weather_regression.py}.
 */
class RegressionTest {

    @TempDir
    Path folder;

    @Test
    void aRegressionIsAsGoodAsTheSameWorkByHand() throws Exception {
        var example = Files.createDirectory(folder.resolve("example"));
        Files.copy(Path.of("../../examples/flights/data/weather.parquet"), example.resolve("weather.parquet"));
        Files.writeString(example.resolve("weather.pipeline.yaml"), pipeline());
        try (var belt = new Belt(folder, example, 2, List.of())) {
            var results = belt.walk("weather.pipeline.yaml", Value.Fields.EMPTY);

            assertThat(results)
                    .allSatisfy((step, result) -> assertThat(result).as(step).isInstanceOf(StepResult.Succeeded.class));
            assertThat(belt.output("split", "train").summary().whole("rows")).contains(17_446L);
            assertThat(belt.output("split", "test").summary().whole("rows")).contains(4_297L);
            var report = belt.document(belt.output("evaluate", "report"), "report.json")
                    .fields("report");
            near(report, "rmse", 7.473);
            near(report, "mae", 6.202);
            near(report, "r2", 0.5186);
            near(report.fields("constant"), "rmse", 18.214);
            assertThat(report.items("slices")).hasSize(3);
            assertThat(belt.document(belt.output("gates", "decision"), "decision.json")
                            .items("checks")
                            .getLast()
                            .asFields()
                            .orElseThrow()
                            .text("observed")
                            .orElseThrow())
                    .startsWith("rmse of 3 slices from ");
        }
    }

    private static void near(Value.Fields figures, String metric, double expected) {
        assertThat(figures.number(metric).orElseThrow()).as(metric).isCloseTo(expected, withinPercentage(3));
    }

    private static String pipeline() throws IOException {
        try (var stream = RegressionTest.class.getResourceAsStream("weather.pipeline.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
