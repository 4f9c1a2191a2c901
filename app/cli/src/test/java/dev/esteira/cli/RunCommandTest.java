package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about runs, each with a server of its own inside. */
class RunCommandTest {

    @TempDir
    private Path folder;

    private String file = "";

    @BeforeEach
    void write() throws IOException {
        file = SmallPipeline.write(folder).toString();
    }

    private Output esteira(String... args) {
        return Output.of(Map.of("ESTEIRA_HOME", folder.resolve("data").toString(), "PATH", "/usr/bin:/bin"), args);
    }

    private Value.Fields json(String... args) {
        var output = esteira(args);
        assertThat(output.code).as(output.err()).isZero();
        return Json.parseFields(output.out());
    }

    private static List<String> how(Value.Fields run) {
        return RunStory.steps(run).stream()
                .map(step -> step.text("how").orElse(""))
                .toList();
    }

    @Test
    void optionsDoWhatTheySay() {
        var first = json("run", file, "--json", "--seed", "7");
        assertThat(first.whole("seed")).contains(7L);
        assertThat(how(first)).containsExactly("RAN", "RAN");
        var second = json("run", file, "--json", "--seed", "7");
        assertThat(how(second)).containsExactly("CACHED", "CACHED");
        var seeded = json("run", file, "--json", "--seed", "-8");
        assertThat(how(seeded)).as("only the split draws").containsExactly("CACHED", "RAN");
        var from = json("run", file, "--json", "--seed", "7", "--from", "split");
        assertThat(how(from)).containsExactly("CACHED", "RAN");
        var fresh = json("run", file, "--json", "--seed", "7", "--no-cache");
        assertThat(how(fresh)).containsExactly("RAN", "RAN");
        var resumed = json("resume", fresh.text("id").orElseThrow(), "--json", "--from", "split");
        assertThat(how(resumed)).containsExactly("CARRIED", "RAN");
        assertThat(resumed.whole("seed")).contains(7L);
    }

    @Test
    void aProfileDecidesWhatIsLeftOut() throws IOException {
        Files.writeString(
                Path.of(file),
                Files.readString(Path.of(file))
                        .replace("    split:\n", "    split:\n      when: \"run.profile == 'full'\"\n"));
        var valid = esteira("validate", file);
        assertThat(valid.code).as(valid.err()).isZero();
        assertThat(states(json("run", file, "--json"))).containsExactly("SUCCEEDED", "SKIPPED");
        assertThat(states(json("run", file, "--json", "--profile", "full"))).containsExactly("SUCCEEDED", "SUCCEEDED");
    }

    private static List<String> states(Value.Fields run) {
        return RunStory.steps(run).stream()
                .map(step -> step.text("state").orElse(""))
                .toList();
    }

    @Test
    void planSaysHowLongItTakesAndWhatChanged() throws IOException {
        json("run", file, "--json", "--seed", "7");
        assertThat(esteira("plan", file, "--seed", "7").out()).contains("Nothing would run.");
        var text = Files.readString(Path.of(file));
        Files.writeString(Path.of(file), text.replace("train: 0.6, validation: 0.2", "train: 0.5, validation: 0.3"));
        var plan = esteira("plan", file, "--seed", "7").out();
        assertThat(plan)
                .containsPattern("rows +ingest +be cached\n")
                .containsPattern("split +split +run +\\d+\\.\\d\\d s +a parameter changed \\(.*\\)");
        assertThat(plan).contains("At most 1 step of 2 would run: about ");
    }

    @Test
    void tellsPeopleWhatCameOfARun() {
        var run = esteira("run", file, "--seed", "7");
        assertThat(run.err()).contains("small  run ", "✓ rows ", "✓ split");
        assertThat(run.out())
                .containsPattern("split +split +done +\\d+\\.\\d\\d s\n")
                .endsWith("\nSUCCEEDED\n");
        var id = json("runs", "--json")
                .items("items")
                .getFirst()
                .asFields()
                .flatMap(one -> one.text("id"))
                .orElseThrow();
        assertThat(esteira("runs").out())
                .containsPattern(id + " +small +done +\\d+.* s +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\n");
        assertThat(esteira("explain", id, "split").out())
                .isEqualTo("split ran, because\n  nothing like it has run before\n");
        assertThat(esteira("logs", id).out())
                .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  split attempt 1  committed\n");
        assertThat(esteira("logs", id, "split").out()).startsWith("Divided 20 rows");
        var typo = esteira("explain", id, "splti");
        assertThat(typo.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(typo.err()).contains("Did you mean 'split'?");
        assertThat(esteira("run", file, "--from", "rwos").err()).contains("UNKNOWN_STEP", "Did you mean 'rows'?");
    }
}
