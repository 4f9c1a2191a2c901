package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flagship example on its real data. */
class FlightsTest {

    private static final Path EXAMPLE = Path.of("../../examples/flights");

    @TempDir
    Path folder;

    @Test
    void theModelIsAsGoodAsTheReadmeSaysAndComparesWithAChampion() throws Exception {
        try (var belt = new Belt(folder, EXAMPLE, 2, List.of())) {
            var results = belt.walk("flight-delay.pipeline.yaml", Value.Fields.EMPTY);

            assertThat(results)
                    .allSatisfy((step, result) -> assertThat(result).as(step).isInstanceOf(StepResult.Succeeded.class));
            assertThat(rows(belt.output("split", "train"))).isEqualTo(217_727);
            assertThat(rows(belt.output("split", "validation"))).isEqualTo(55_628);
            assertThat(rows(belt.output("split", "test"))).isEqualTo(53_991);
            assertThat(rows(belt.output("observations", "quarantine"))).isEqualTo(1);
            assertFigures(belt);

            belt.promote(belt.output("register", "version"));
            belt.walk("flight-delay.pipeline.yaml", Value.Fields.EMPTY.with("rounds", Value.of(30)));
            var report = belt.document(belt.output("evaluate", "report"), "report.json")
                    .fields("report");
            assertThat(report.fields("baseline").number("roc_auc").orElseThrow())
                    .isCloseTo(0.718, within(0.01));
            assertThat(report.fields("baseline").number("roc_auc")).isNotEqualTo(report.number("roc_auc"));
            assertThat(belt.document(belt.output("gates", "decision"), "decision.json")
                            .items("checks"))
                    .anySatisfy(check -> assertThat(check.asFields()
                                    .orElseThrow()
                                    .text("observed")
                                    .orElse(""))
                            .contains("report.baseline.roc_auc"));
        }
    }

    private static void assertFigures(Belt belt) throws Exception {
        var report =
                belt.document(belt.output("evaluate", "report"), "report.json").fields("report");
        assertThat(report.number("roc_auc").orElseThrow()).isBetween(0.706, 0.731);
        assertThat(report.number("average_precision").orElseThrow()).isBetween(0.50, 0.53);
        assertThat(report.number("log_loss").orElseThrow()).isBetween(0.484, 0.507);
        assertThat(report.number("brier").orElseThrow()).isBetween(0.150, 0.171);
        assertThat(report.fields("constant").number("brier").orElseThrow()).isCloseTo(0.187, within(0.001));
        assertThat(belt.output("train", "model").summary().whole("bestRound").orElseThrow())
                .isBetween(80L, 140L);
    }

    @Test
    void aColumnThatKnowsTheAnswerStopsTheRunAndIsNamed() throws Exception {
        try (var belt = new Belt(folder, EXAMPLE, 2, List.of())) {
            var results = belt.walk("leaky.pipeline.yaml", Value.Fields.EMPTY);

            assertThat(results.lastEntry().getKey()).isEqualTo("hygiene");
            assertThat(results.lastEntry().getValue()).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo("checkFailed");
                assertThat(refused.message()).contains("'leakage'").contains("dep_delay alone scores 0.90");
            });
        }
    }

    @Test
    void everyArtifactHasTheSameBytesWithOneTwoAndFourThreadsAndInTwoZones() throws Exception {
        var expected = digests("one", 1, "UTC");

        assertThat(digests("two", 2, "UTC")).isEqualTo(expected);
        assertThat(digests("four", 4, "Pacific/Auckland")).isEqualTo(expected);
    }

    private Map<String, Digest> digests(String name, int threads, String zone) throws Exception {
        var digests = new TreeMap<String, Digest>();
        try (var belt = new Belt(
                Files.createDirectory(folder.resolve(name)), EXAMPLE, threads, List.of("-Duser.timezone=" + zone))) {
            belt.walk("flight-delay.pipeline.yaml", Value.Fields.EMPTY.with("rounds", Value.of(20)))
                    .forEach((step, result) -> result.outputs()
                            .forEach((output, artifact) -> digests.put(step + "." + output, artifact.digest())));
        }
        return digests;
    }

    private static long rows(Artifact dataset) {
        return dataset.summary().whole("rows").orElseThrow();
    }
}
