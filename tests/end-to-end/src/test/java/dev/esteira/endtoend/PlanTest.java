package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One thing changes at a time: the plan says beforehand which steps run and why, and those run. */
@Tag("slow")
@ExtendWith(UndisturbedRun.Shared.class)
class PlanTest {

    private static final Set<String> AFTER_EXAMPLES =
            Set.of("split", "hygiene", "features", "train", "evaluate", "gates", "register");

    @TempDir
    Path folder;

    private Program program;
    private RunDocument before;
    private FlightsCopy flights;

    @BeforeEach
    void begin(UndisturbedRun undisturbed) throws Exception {
        before = undisturbed.run();
        program = undisturbed.copy(folder.resolve("program"));
        flights = new FlightsCopy(folder.resolve("flights"));
    }

    @Test
    void nothingChangesAndNothingRuns() throws Exception {
        var plan = plan();
        assertThat(plan.verdicts("HIT")).hasSize(13);

        assertThat(runs(plan).ran()).isEmpty();
    }

    @Test
    void aCommentInTheSqlRunsItsStepAndWhatFollowsStaysBecauseTheRowsAreTheSame() throws Exception {
        flights.edit("sql/flights.sql", sql -> sql + "-- Nothing else is known an hour before.\n");

        var plan = plan();
        assertThat(plan.misses()).isEqualTo(Map.of("examples", List.of("CODE")));
        assertThat(plan.verdicts("DEPENDS")).isEqualTo(AFTER_EXAMPLES);
        var difference = plan.difference("examples");
        assertThat(difference.text("component")).contains("code");
        assertThat(difference.text("file")).contains("sql/flights.sql");

        var run = runs(plan);
        assertThat(run.ran()).containsExactly("examples");
        assertThat(run.digests()).isEqualTo(before.digests());
    }

    @Test
    void aParameterRunsTheStepThatUsesItAndWhatItsOutputReaches() throws Exception {
        var plan = plan("-p", "rounds=30");
        assertThat(plan.misses()).isEqualTo(Map.of("train", List.of("PARAMS")));
        assertThat(plan.verdicts("DEPENDS")).containsExactlyInAnyOrder("evaluate", "gates", "register");
        var difference = plan.difference("train");
        assertThat(difference.text("place").orElseThrow()).endsWith("/rounds");
        assertThat(difference.text("from")).contains("400");
        assertThat(difference.text("to")).contains("30");

        assertThat(runs(plan, "-p", "rounds=30").ran())
                .containsExactlyInAnyOrder("train", "evaluate", "gates", "register");
    }

    @Test
    void aParameterOfAGateRunsNothingElse() throws Exception {
        var plan = plan("-p", "minAuc=0.6");
        assertThat(plan.misses()).isEqualTo(Map.of("gates", List.of("PARAMS")));
        assertThat(plan.verdicts("DEPENDS")).containsExactly("register");

        assertThat(runs(plan, "-p", "minAuc=0.6").ran()).containsExactlyInAnyOrder("gates", "register");
    }

    @Test
    void oneRowRunsEverythingThatItReaches() throws Exception {
        flights.addASeat("N328AA");

        var plan = plan();
        assertThat(plan.misses()).isEqualTo(Map.of("planes", List.of("INPUT")));
        assertThat(plan.verdicts("HIT")).containsExactlyInAnyOrder("flights", "weather", "observations");
        assertThat(plan.difference("planes").text("file")).contains("data/planes.parquet");

        var run = runs(plan);
        var reached = new TreeSet<>(AFTER_EXAMPLES);
        reached.addAll(Set.of("planes", "contract", "examples"));
        assertThat(run.ran()).isEqualTo(reached);
        assertThat(run.digest("contract", "data"))
                .as("flights come out of their contract as before")
                .isEqualTo(before.digest("contract", "data"));
        assertThat(run.causes("register")).containsExactly("INPUT");
        var chain = program.ask("explain", run.id(), "register").items("chain");
        var root = chain.getLast().asFields().orElseThrow();
        assertThat(root.text("step")).contains("planes");
        assertThat(RunDocument.causes(root)).containsExactly("INPUT");
    }

    @Test
    void anotherSeedRunsTheStepsThatDrawAndWhatTheyReach() throws Exception {
        flights.editPipeline(text -> text.replace("seed: 2013", "seed: 2014"));

        var plan = plan();
        var draws = List.of("SEED");
        assertThat(plan.misses()).isEqualTo(Map.of("features", draws, "train", draws, "evaluate", draws));
        assertThat(plan.verdicts("DEPENDS")).containsExactlyInAnyOrder("gates", "register");
        assertThat(plan.difference("train").text("from")).contains("2013");
        assertThat(plan.difference("train").text("to")).contains("2014");

        var run = runs(plan);
        assertThat(run.ran()).containsExactlyInAnyOrder("features", "train", "evaluate", "gates", "register");
        assertThat(run.fields().whole("seed")).contains(2014L);
        assertThat(run.causes("features")).containsExactly("SEED");
        assertThat(run.causes("train")).containsExactlyInAnyOrder("SEED", "INPUT");
    }

    @Test
    void theSeedOfTheCommandLineIsAnotherSeedToo() throws Exception {
        assertThat(plan("--seed", "2014").misses().keySet()).isEqualTo(Set.of("features", "train", "evaluate"));
        assertThat(plan("--seed", "2013").verdicts("HIT")).hasSize(13);
    }

    @Test
    void anotherNameOfAStepRunsNothing() throws Exception {
        flights.editPipeline(
                text -> text.replace("    features:\n", "    columns:\n").replace("steps.features.", "steps.columns."));

        var plan = plan();
        assertThat(plan.verdicts("HIT")).hasSize(13).contains("columns").doesNotContain("features");

        var run = runs(plan);
        assertThat(run.ran()).isEmpty();
        assertThat(run.digest("columns", "transform")).isEqualTo(before.digest("features", "transform"));
        assertThat(run.digest("register", "version")).isEqualTo(before.digest("register", "version"));
    }

    @Test
    void withoutTheCacheEverythingRuns() throws Exception {
        var plan = plan("--no-cache");
        assertThat(plan.misses()).hasSize(13);
        assertThat(plan.misses().values()).containsOnly(List.of("CACHE_OFF"));
    }

    /** What {@code plan --json} says. */
    private record Plan(Map<String, Value.Fields> steps) {

        Set<String> verdicts(String verdict) {
            var names = new TreeSet<String>();
            steps.forEach((name, step) -> {
                if (step.text("verdict").orElseThrow().equals(verdict)) {
                    names.add(name);
                }
            });
            return names;
        }

        /** The causes of the steps that will run. */
        Map<String, List<String>> misses() {
            var causes = new TreeMap<String, List<String>>();
            verdicts("MISS").forEach(name -> causes.put(name, RunDocument.causes(steps.get(name))));
            return causes;
        }

        Value.Fields difference(String step) {
            var differences = steps.get(step).items("differences");
            assertThat(differences).hasSize(1);
            return differences.getFirst().asFields().orElseThrow();
        }
    }

    private Plan plan(String... options) throws Exception {
        return new Plan(Program.byName(program.ask(command("plan", options)).items("steps"), "step"));
    }

    /** Runs the same and holds the plan to it. */
    private RunDocument runs(Plan plan, String... options) throws Exception {
        var run = program.succeeds(command("run", options));
        var ran = run.ran();
        assertThat(ran).as("what was to run has run").containsAll(plan.verdicts("MISS"));
        assertThat(ran)
                .as("what was to come from the cache has not run")
                .doesNotContainAnyElementsOf(plan.verdicts("HIT"));
        for (var name : plan.verdicts("MISS")) {
            assertThat(run.causes(name))
                    .containsAll(RunDocument.causes(plan.steps().get(name)));
        }
        for (var name : plan.verdicts("DEPENDS")) {
            if (ran.contains(name)) {
                assertThat(run.causes(name)).as(name).containsExactly("INPUT");
            } else {
                assertThat(run.step(name).flag("cached")).as(name).contains(true);
            }
        }
        return run;
    }

    private String[] command(String name, String... options) {
        var command = new ArrayList<>(List.of(name, flights.pipeline().toString()));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }
}
