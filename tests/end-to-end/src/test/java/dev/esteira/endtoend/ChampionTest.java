package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A version that was made champion is what the next model is measured against. */
@Tag("slow")
@ExtendWith(UndisturbedRun.Shared.class)
class ChampionTest {

    private static final String PIPELINE = UndisturbedRun.PIPELINE.toString();

    @TempDir
    Path folder;

    @Test
    void theGateComparesTheNextModelWithTheChampion(UndisturbedRun undisturbed) throws Exception {
        var first = undisturbed.run();
        assertThat(report(first).field("baseline")).isEmpty();
        assertThat(checks(first).get("better").text("verdict")).contains("pass");

        try (var program = undisturbed.copy(folder)) {
            assertThat(versions(program)).isOne();
            program.ask("model", "alias", "flight-delay", "champion", "1");
            var second = program.succeeds("run", PIPELINE, "-p", "rounds=30");

            assertThat(second.ran()).containsExactlyInAnyOrder("train", "evaluate", "gates", "register");
            assertThat(second.digest("train", "model")).isNotEqualTo(first.digest("train", "model"));
            var champion = report(second).fields("baseline");
            for (var metric : new String[] {"roc_auc", "average_precision", "log_loss", "brier"}) {
                // The champion is measured again, with its own transform: what it had when it was made.
                assertThat(champion.number(metric).orElseThrow())
                        .as(metric)
                        .isCloseTo(report(first).number(metric).orElseThrow(), within(1e-12));
                assertThat(champion.number(metric)).isNotEqualTo(report(second).number(metric));
            }
            assertThat(checks(second).get("better").text("observed").orElseThrow())
                    .contains("report.roc_auc = " + figure(report(second)))
                    .contains("report.baseline.roc_auc = " + figure(champion));
            assertThat(versions(program)).isEqualTo(2);
        }
    }

    @Test
    void theGateRefusesAModelThatIsWorseThanTheChampion(UndisturbedRun undisturbed) throws Exception {
        try (var program = undisturbed.copy(folder)) {
            program.ask("model", "alias", "flight-delay", "champion", "1");
            var ended = program.run("run", PIPELINE, "-p", "rounds=1", "-p", "minAuc=0.6");
            assertThat(ended.status()).as(ended.messages()).isEqualTo(1);
            var run = new RunDocument(ended.document());

            assertThat(run.state()).isEqualTo("FAILED");
            assertThat(run.fields().text("reason")).contains("gateFailed");
            assertThat(run.step("gates").fields("failure").text("message").orElseThrow())
                    .contains("'better'")
                    .contains("report.baseline.roc_auc = ");
            assertThat(checks(run).get("better").text("verdict")).contains("fail");
            assertThat(run.step("register").text("state")).contains("UPSTREAM_FAILED");
            assertThat(versions(program)).isOne();
        }
    }

    @Test
    void anotherChampionIsAReasonToEvaluateAgain(UndisturbedRun undisturbed) throws Exception {
        try (var program = undisturbed.copy(folder)) {
            program.ask("model", "alias", "flight-delay", "champion", "1");
            var plan = Program.byName(program.ask("plan", PIPELINE).items("steps"), "step");

            assertThat(plan.get("train").text("verdict")).contains("HIT");
            assertThat(plan.get("evaluate").text("verdict")).contains("MISS");
            assertThat(RunDocument.causes(plan.get("evaluate"))).containsExactly("INPUT");
            assertThat(plan.get("gates").items("dependsOn")).containsExactly(Value.of("evaluate"));
        }
    }

    private static Value.Fields report(RunDocument run) {
        return run.output("evaluate", "report").fields("summary");
    }

    private static Map<String, Value.Fields> checks(RunDocument run) {
        return Program.byName(run.output("gates", "decision").fields("summary").items("findings"), "id");
    }

    private static String figure(Value.Fields report) {
        return String.format(Locale.ROOT, "%.4f", report.number("roc_auc").orElseThrow());
    }

    private static int versions(Program program) throws Exception {
        return program.ask("model", "show", "flight-delay").items("versions").size();
    }
}
