package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told of a run of the example, as a server answered it. */
class RunStoryTest {

    private static final String RECORDED = "/story/flight-delay.json";

    private static Value.Fields recorded() throws IOException {
        try (var in = Objects.requireNonNull(RunStoryTest.class.getResourceAsStream(RECORDED))) {
            return Json.parseFields(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What the server said, from memory. */
    private record Recorded(Value.Fields documents, List<Value.Fields> versions, boolean logged)
            implements StorySources {

        @Override
        public Value.Fields document(Digest artifact, String path) throws IOException {
            return documents
                    .field(artifact + "/" + path)
                    .flatMap(Value::asFields)
                    .orElseThrow(() -> new FileNotFoundException(path));
        }

        @Override
        public List<Value.Fields> versions(String model) {
            return model.equals("flight-delay") ? versions : List.of();
        }

        @Override
        public boolean hasLog(String run, String step) {
            return logged;
        }
    }

    private static Output told(Value.Fields run, int width) throws IOException {
        var all = recorded();
        var output = new Output(new Screen(false, false, width, 40));
        var versions = all.items("versions").stream()
                .map(item -> item.asFields().orElseThrow())
                .toList();
        new RunStory(output.terminal, new Recorded(all.fields("documents"), versions, true)).tell(run);
        return output;
    }

    @Test
    void tellsChecksMetricsGatesVersionAndCosts() throws Exception {
        var output = told(recorded().fields("run"), 200);
        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .containsPattern("PASS +tail \\(data\\) +warn +2 512 of 336 776 rows fail, 99.25 % pass +not missing")
                .contains("  1 of 26 115 rows of data is quarantined.")
                .containsPattern("PASS +overlap +error")
                .contains("Metrics of evaluate on 53 991 rows")
                .containsPattern("metric +value +95 % interval +constant\n")
                .containsPattern("roc_auc +0.7183 +0.7130 to 0.7236 +0.5000\n")
                .contains("Gate of gates")
                .contains("Model flight-delay version 1, alias challenger")
                .containsPattern("train +train +done +30.48 s\n")
                .contains("  1 min 49 s in all")
                .endsWith("\nSUCCEEDED\n");
    }

    @Test
    void fitsANarrowScreen() throws Exception {
        assertThat(told(recorded().fields("run"), 80).out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void takesTheLevelOfIntervalsFromTheReport() {
        var report = Json.parseFields("""
                {"rows": 10, "rmse": 2.5, "interval": {"rmse": {"low": 2, "high": 3, "level": 0.999}}}""");
        assertThat(new MetricsTable(report).table().lines(80, (style, text) -> text))
                .containsExactly("  metric   value  99.9 % interval", "  rmse    2.5000  2 to 3");
        var none = Json.parseFields("{\"rmse\": 2.5, \"baseline\": {\"rmse\": 3.25}}");
        assertThat(new MetricsTable(none).table().lines(80, (style, text) -> text))
                .containsExactly("  metric   value  baseline", "  rmse    2.5000  3.2500");
    }

    @Test
    void aRunFromTheCacheSaysSo() throws Exception {
        var run = recorded().fields("run");
        var cached = new Value.Sequence(RunStory.steps(run).stream()
                .<Value>map(step -> step.with("cached", Value.of(true)))
                .toList());
        assertThat(told(run.with("steps", cached), 200).out())
                .containsPattern("train +train +cached\n")
                .contains("every step came from the cache");
    }

    @Test
    void aFailedRunSaysWhatFailedAndWhatToDo() throws Exception {
        var output = told(failed("infrastructure", """
                        {"code": "ATTEMPT_LOST", "message": "The process is gone.", "remedy": "Look at the log.",
                         "owner": "ENVIRONMENT"}"""), 200);
        assertThat(output.err()).isEqualTo("""
                        error ATTEMPT_LOST: Step 'train': The process is gone.
                          Look at the log.
                        """);
        assertThat(output.out())
                .contains(
                        "FAILED  infrastructure\n  esteira logs 01m89w1m5xyczrwbptbj5g7c88 train   what the step wrote\n")
                .contains("  esteira resume 01m89w1m5xyczrwbptbj5g7c88   go on");
    }

    @Test
    void aRunThatACheckStoppedIsMendedAndNotResumed() throws Exception {
        var output = told(failed("gateFailed", """
                        {"code": "GATE_FAILED", "message": "0.6 is less than 0.7.", "remedy": "Train better.",
                         "owner": "DATA"}"""), 200);
        assertThat(output.err()).contains("error GATE_FAILED: Step 'train': 0.6 is less than 0.7.");
        assertThat(output.out())
                .contains("FAILED  gate failed\n")
                .contains("  esteira explain 01m89w1m5xyczrwbptbj5g7c88 train   what the step looked at")
                .contains("mend the data, the contract or the pipeline and run it again")
                .doesNotContain("resume");
    }

    private static Value.Fields failed(String reason, String failure) throws IOException {
        var run = recorded().fields("run");
        var steps = RunStory.steps(run).stream()
                .<Value>map(step -> step.text("name").orElse("").equals("train")
                        ? step.with("state", Value.of("FAILED")).with("failure", Json.parseFields(failure))
                        : step)
                .toList();
        return run.with("state", Value.of("FAILED"))
                .with("reason", Value.of(reason))
                .with("steps", new Value.Sequence(steps));
    }

    @Test
    void aRunThatGoesOnIsFollowedAndNotResumed() throws Exception {
        var out = told(recorded().fields("run").with("state", Value.of("RUNNING")), 200)
                .out();
        assertThat(out)
                .contains("RUNNING\n", "esteira why-waiting", "esteira logs")
                .doesNotContain("resume");
    }

    @Test
    void aDocumentThatIsGoneIsSaidAndTheRestIsTold() throws Exception {
        var output = new Output(Screen.NONE);
        new RunStory(output.terminal, new Recorded(Value.ofFields(new LinkedHashMap<>()), List.of(), false))
                .tell(recorded().fields("run"));
        assertThat(output.err()).contains("The document report.json of 7fa675ad9c77 cannot be read");
        assertThat(output.out()).contains("SUCCEEDED").contains("Model flight-delay\n");
    }
}
