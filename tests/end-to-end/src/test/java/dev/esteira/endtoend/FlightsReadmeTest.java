package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Value;
import dev.esteira.spi.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the example's README says is what its pipelines give. */
class FlightsReadmeTest {

    private static final Path EXAMPLE = Path.of("../../examples/flights");
    private static final List<String> METRICS = List.of("roc_auc", "average_precision", "log_loss", "brier");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([0-9.]+) \\| ([0-9.]+) .*");

    @TempDir
    Path folder;

    @Test
    void itsFiguresAndItsFaultsAreThoseOfTheRun() throws Exception {
        var readme = Files.readString(EXAMPLE.resolve("README.md"));
        try (var belt = new Belt(folder, EXAMPLE, 2, List.of())) {
            belt.walk("flight-delay.pipeline.yaml", Value.Fields.EMPTY);

            var report = report(belt);
            var figures = figures(readme, "## What it gives");
            assertThat(figures.keySet()).containsExactlyElementsOf(METRICS);
            figures.forEach((metric, columns) -> within(report, metric, columns.getFirst()));
            faults(belt, "contract", readme, List.of("arrived", "tail", "aircraft"));
            faults(belt, "observations", readme, List.of("gaps", "pressure"));
        }
    }

    @Test
    void whatARandomSplitPromisesIsThatOfTheRun() throws Exception {
        var readme = Files.readString(EXAMPLE.resolve("README.md"));
        try (var belt = new Belt(folder, EXAMPLE, 2, List.of())) {
            var results = belt.walk("random-split.pipeline.yaml", Value.Fields.EMPTY);

            assertThat(results.lastEntry().getKey()).isEqualTo("evaluate");
            assertThat(results.get("hygiene"))
                    .isInstanceOfSatisfying(
                            StepResult.Succeeded.class,
                            succeeded -> assertThat(succeeded.warnings()).isEqualTo(1));
            var report = report(belt);
            var figures = figures(readme, "## Why the split is by time");
            assertThat(figures.keySet()).containsExactlyElementsOf(METRICS);
            figures.forEach((metric, columns) -> within(report, metric, columns.getLast()));
            assertThat(report.number("roc_auc").orElseThrow()).isGreaterThan(0.77);
        }
    }

    @Test
    void theLineOfTheLeakIsTheOneThatIsPrinted() throws Exception {
        var readme = Files.readString(EXAMPLE.resolve("README.md"));
        try (var belt = new Belt(folder, EXAMPLE, 2, List.of())) {
            var last = belt.walk("leaky.pipeline.yaml", Value.Fields.EMPTY)
                    .lastEntry()
                    .getValue();

            assertThat(last)
                    .isInstanceOfSatisfying(
                            StepResult.Refused.class,
                            refused -> assertThat(readme)
                                    .contains("error checkFailed: Step 'hygiene': " + refused.message() + "\n"));
        }
    }

    private static void within(Value.Fields report, String metric, double figure) {
        var interval = report.fields("interval").fields(metric);
        assertThat(figure)
                .as(metric)
                .isBetween(
                        interval.number("low").orElseThrow(),
                        interval.number("high").orElseThrow());
    }

    /** Each fault stands in the README with the number of its rows, in the line that names its check. */
    private static void faults(Belt belt, String step, String readme, List<String> checks) throws Exception {
        for (var item :
                belt.document(belt.output(step, "report"), "report.json").items("checks")) {
            var check = item.asFields().orElseThrow();
            var id = check.text("id").orElseThrow();
            if (checks.contains(id)) {
                var rows = String.format(
                                Locale.ROOT, "%,d", check.whole("failingRows").orElseThrow())
                        .replace(',', ' ');
                assertThat(readme.lines().filter(line -> line.contains("`" + step + "` / `" + id + "`")))
                        .as(step + " / " + id)
                        .singleElement()
                        .asString()
                        .contains(rows);
            }
        }
    }

    private static Value.Fields report(Belt belt) throws Exception {
        return belt.document(belt.output("evaluate", "report"), "report.json").fields("report");
    }

    /** The first two figures of each row of the table of metrics below a heading. */
    private static Map<String, List<Double>> figures(String readme, String heading) {
        var figures = new LinkedHashMap<String, List<Double>>();
        var section = readme.substring(readme.indexOf(heading) + heading.length());
        section.lines().takeWhile(line -> !line.startsWith("## ")).forEach(line -> {
            var row = ROW.matcher(line);
            if (row.matches()) {
                figures.put(row.group(1), List.of(Double.valueOf(row.group(2)), Double.valueOf(row.group(3))));
            }
        });
        return figures;
    }
}
