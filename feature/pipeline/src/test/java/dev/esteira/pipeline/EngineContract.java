package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does, on whichever database. */
abstract class EngineContract {

    private static final String CHAIN = """
              steps:
                a: {kind: make, text: one}
                b: {kind: make, text: two, inputs: {x: "${{ steps.a.outputs.data }}"}}
                c: {kind: shell, script: "echo hello > out", inputs: {x: "${{ steps.b.outputs.data }}"}}
            """;

    @TempDir
    private Path directory;

    private TestEngine engine;

    /** The database of one test: the same one every time, not yet started. */
    abstract Database database(Path directory);

    private TestEngine open() throws Exception {
        return new TestEngine(directory, database(directory));
    }

    @BeforeEach
    void start() throws Exception {
        engine = open();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void runsStepsInOrderAndServesThemFromTheCacheNextTime() throws Exception {
        var first = engine.run(CHAIN);
        assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.ran()).containsExactly("a", "b");

        var second = engine.run(CHAIN);
        assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.ran()).containsExactly("a", "b");
        assertThat(engine.step(second, "c").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CACHED);
        assertThat(engine.output(second, "c")).isEqualTo(engine.output(first, "c"));
    }

    @Test
    void renamingAStepKeepsItsValue() throws Exception {
        engine.run("  steps:\n    a: {kind: make, text: one}\n");
        var renamed = engine.run("  steps:\n    other: {kind: make, text: one}\n");
        assertThat(engine.step(renamed, "other").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CACHED);
    }

    @Test
    void planSaysWhatRunsAndWhy() throws Exception {
        engine.run(CHAIN);
        var plan = engine.service().plan(engine.submission(CHAIN.replace("two", "three"), Map.of()));
        assertThat(plan.get(0).verdict()).isEqualTo(PlannedStep.Verdict.HIT);
        assertThat(plan.get(1).verdict()).isEqualTo(PlannedStep.Verdict.MISS);
        assertThat(plan.get(1).causes()).containsExactly(MissCause.PARAMS);
        assertThat(plan.get(1).differences().getFirst().from()).contains("two");
        assertThat(plan.get(2).verdict()).isEqualTo(PlannedStep.Verdict.DEPENDS);
        assertThat(plan.get(2).dependsOn()).containsExactly("b");
        assertThat(plan.get(2).predicted()).isPresent();
    }

    @Test
    void planForeseesTheStepsThatRunWhateverComesBeforeThem() throws Exception {
        engine.run(CHAIN);
        var both = CHAIN.replace("one", "uno").replace("hello", "salut");
        var changed = engine.service().plan(engine.submission(both, Map.of()));
        assertThat(changed.stream().map(PlannedStep::verdict))
                .containsExactly(PlannedStep.Verdict.MISS, PlannedStep.Verdict.DEPENDS, PlannedStep.Verdict.MISS);
        assertThat(changed.get(2).causes()).containsExactly(MissCause.PARAMS);
        assertThat(changed.get(2).differences().getFirst().from()).contains("echo hello > out");

        var uncached = new Submission.Options(false, Optional.empty(), "", Optional.empty());
        assertThat(engine.service().plan(engine.submission(CHAIN, Map.of(), uncached)))
                .allSatisfy(step -> assertThat(step.causes()).containsExactly(MissCause.CACHE_OFF));

        var from = new Submission.Options(true, Optional.of("b"), "", Optional.empty());
        assertThat(engine.service().plan(engine.submission(CHAIN, Map.of(), from)).stream()
                        .map(PlannedStep::causes))
                .containsExactly(List.of(), List.of(MissCause.FORCED), List.of(MissCause.FORCED));
    }

    @Test
    void planDoesNotPromiseARunWhereAnotherPipelineMadeTheSame() throws Exception {
        engine.run(CHAIN);
        var submission = engine.submission(CHAIN.replace("one", "uno"), Map.of());
        var renamed = new Submission(
                submission.workspace(),
                submission.fileName(),
                submission.text().replace("name: trial", "name: another"),
                submission.files(),
                submission.params(),
                submission.options(),
                submission.repetition());
        assertThat(engine.service().plan(renamed).stream().map(PlannedStep::verdict))
                .containsExactly(PlannedStep.Verdict.MISS, PlannedStep.Verdict.DEPENDS, PlannedStep.Verdict.DEPENDS);
    }

    @Test
    void theSeedOfTheCallerIsThatOfTheRun() throws Exception {
        var steps = "  steps:\n    a: {kind: make, text: one}\n    b: {kind: shell, script: 'echo x > out'}\n";
        engine.run(steps);
        var seeded = new Submission.Options(true, Optional.empty(), "", Optional.of(7L));
        var submission = engine.submission(steps, Map.of(), seeded);
        assertThat(engine.service().plan(submission).stream().map(PlannedStep::causes))
                .containsExactly(List.of(), List.of(MissCause.SEED));
        var run = engine.end(engine.accepted(submission).id());
        assertThat(run.seed()).isEqualTo(7);
        assertThat(engine.step(run, "b").keyed().orElseThrow().causes()).containsExactly(MissCause.SEED);
    }

    @Test
    void explainsTheChainBackToTheChange() throws Exception {
        engine.run(CHAIN);
        var run = engine.run(CHAIN.replace("one", "uno"));
        var explanation = engine.service().explain(TestEngine.HERE, run.id(), "c");
        assertThat(explanation.causes()).containsExactly(MissCause.INPUT);
        assertThat(explanation.chain().stream().map(Explanation.Link::step)).containsExactly("c", "b", "a");
        assertThat(explanation.chain().getLast().causes()).containsExactly(MissCause.PARAMS);
    }

    @Test
    void aFileThatChangesIsCodeAndItsLineEndingsAreNot() throws Exception {
        var steps = "  steps:\n    a: {kind: make, file: a.sql}\n";
        engine.end(engine.accepted(engine.submission(steps, Map.of("a.sql", "select 1\n")))
                .id());
        var dos = engine.end(engine.accepted(engine.submission(steps, Map.of("a.sql", "select 1\r\n")))
                .id());
        assertThat(engine.step(dos, "a").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CACHED);
        var changed = engine.end(engine.accepted(engine.submission(steps, Map.of("a.sql", "select 2\n")))
                .id());
        var keyed = engine.step(changed, "a").keyed().orElseThrow();
        assertThat(keyed.causes()).containsExactly(MissCause.CODE);
        var explanation = engine.service().explain(TestEngine.HERE, changed.id(), "a");
        assertThat(explanation.differences().getFirst().file()).contains("a.sql");
    }

    @Test
    void triesAgainWhatTheEnvironmentBrokeAndNotWhatTheUserDid() throws Exception {
        var run = engine.run("""
                  defaults: {retry: {maxAttempts: 3, retryOn: [infra], backoff: {initial: 10ms}}}
                  steps:
                    flaky: {kind: make, failures: 2}
                    wrong: {kind: make, wrong: user}
                    after: {kind: make, inputs: {x: "${{ steps.wrong.outputs.data }}"}}
                """);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(engine.step(run, "flaky").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(engine.step(run, "flaky").tries().attempts()).isEqualTo(3);
        assertThat(engine.step(run, "wrong").tries().attempts()).isEqualTo(1);
        assertThat(engine.step(run, "wrong").failure().orElseThrow().code()).isEqualTo("MALFORMED_NAME");
        assertThat(engine.step(run, "after").state()).isEqualTo(StepState.UPSTREAM_FAILED);
    }

    @Test
    void aRefusalGivesTheRunItsReason() throws Exception {
        var run = engine.run("  steps:\n    gate: {kind: make, wrong: refuse}\n");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.reason()).contains("gateFailed");
    }

    @Test
    void aBugOfAKindIsAnInternalErrorWithItsTraceInTheLog() throws Exception {
        var run = engine.run("  steps:\n    bug: {kind: make, wrong: bug}\n");
        assertThat(engine.step(run, "bug").failure().orElseThrow().code()).isEqualTo("INTERNAL_ERROR");
        var log = engine.service().log(TestEngine.HERE, run.id(), "bug", 0);
        assertThat(new String(log, StandardCharsets.UTF_8)).contains("IllegalStateException: a bug");
        assertThat(engine.service().log(TestEngine.HERE, run.id(), "bug", log.length - 3))
                .isEqualTo(Arrays.copyOfRange(log, log.length - 3, log.length));
        assertThat(engine.service().log(TestEngine.HERE, run.id(), "bug", log.length + 9))
                .isEmpty();
    }

    @Test
    void aChildThatFailsTellsItsStatusAndLastWords() throws Exception {
        var run = engine.run("  steps:\n    c: {kind: shell, script: \"echo no such thing; exit 7\"}\n");
        var failure = engine.step(run, "c").failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(Cause.exit(7));
        assertThat(failure.message()).contains("status 7", "no such thing");
    }

    @Test
    void theLastWordsOfAChildAreNoStackFrames() throws Exception {
        var trace = "Caused by: java.io.IOException: no such thing\\n\\tat a.B.c(B.java:1)\\n\\t... 5 more\\n";
        var run = engine.run("  steps:\n    c: {kind: shell, script: \"printf '" + trace + "'; exit 1\"}\n");
        assertThat(engine.step(run, "c").failure().orElseThrow().message()).contains("no such thing");
    }

    @Test
    void aTimeoutEndsChildrenAndInlineSteps() throws Exception {
        var run = engine.run("""
                  defaults: {timeout: {run: 1s}}
                  steps:
                    child: {kind: shell, script: "sleep 30"}
                    inside: {kind: make, sleep: 30000}
                """);
        assertThat(engine.step(run, "child").failure().orElseThrow().cause()).isEqualTo(Cause.TIMEOUT);
        assertThat(engine.step(run, "inside").failure().orElseThrow().cause()).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void cancellingEndsEverything() throws Exception {
        var run = engine.accepted(engine.submission("""
                  steps:
                    child: {kind: shell, script: "sleep 30"}
                    inside: {kind: make, sleep: 30000}
                    later: {kind: make, inputs: {x: "${{ steps.inside.outputs.data }}"}}
                """, Map.of()));
        Thread.sleep(300);
        engine.service().cancel(TestEngine.HERE, run.id(), "test");
        engine.service().cancel(TestEngine.HERE, run.id(), "test");
        var ended = engine.end(run.id());
        assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended.reason()).contains("cancelledBy:test");
        assertThat(engine.service().steps(TestEngine.HERE, run.id()))
                .allMatch(step -> step.state() == StepState.CANCELLED);
    }

    @Test
    void aChildThatTalksOnWhenAskedToEndIsKilled() throws Exception {
        var run = engine.accepted(engine.submission("""
                  steps:
                    deaf: {kind: shell, script: "trap '' TERM; while :; do echo here >> progress; sleep 0.05; done"}
                """, Map.of()));
        awaitProgress(run.id());
        engine.service().cancel(TestEngine.HERE, run.id(), "test");
        assertThat(engine.end(run.id()).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void allThatAChildSaysAtItsEndIsShown() throws Exception {
        var run = engine.run("""
                  steps:
                    hasty: {kind: shell, script: "seq 1 400000 > progress; echo x > out"}
                """);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(progress(run.id())).last().isEqualTo("400000");
        Thread.sleep(300);
        var events = engine.service()
                .events(TestEngine.HERE, run.id(), 0, Duration.ZERO)
                .events();
        assertThat(events.getLast().type()).isEqualTo(RunEvent.RUN);
    }

    private void awaitProgress(String run) throws Exception {
        while (progress(run).isEmpty()) {
            Thread.sleep(50);
        }
    }

    private List<String> progress(String run) throws Exception {
        return engine.service().events(TestEngine.HERE, run, 0, Duration.ZERO).events().stream()
                .flatMap(event -> event.body().text("line").stream())
                .toList();
    }

    @Test
    void resumingAnEndedRunCarriesOverWhatWasDone() throws Exception {
        var steps = """
                  steps:
                    push: {kind: push}
                    bad: {kind: make, failures: 1, inputs: {x: "${{ steps.push.outputs.data }}"}}
                """;
        var failed = engine.run("  defaults: {retry: {maxAttempts: 1}}\n" + steps);
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        Files.writeString(engine.outside().resolve("failures-x"), "");
        var next = engine.service().resume(TestEngine.HERE, failed.id(), Optional.empty());
        var ended = engine.end(next.id());
        assertThat(next.origin()).contains(failed.id());
        assertThat(engine.step(ended, "push").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CARRIED);
        assertThat(Files.readAllLines(engine.outside().resolve("pushed"))).hasSize(1);
    }

    @Test
    void twoRunsOfTheSameKeyDoTheWorkOnce() throws Exception {
        var steps = "  steps:\n    slow: {kind: make, sleep: 500}\n";
        var one = engine.accepted(engine.submission(steps, Map.of()));
        var other = engine.accepted(engine.submission(steps, Map.of()));
        assertThat(engine.end(one.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.end(other.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.ran()).containsExactly("slow");
    }

    @Test
    void aStoppedServerFindsItsChildrenAgain() throws Exception {
        var run = engine.accepted(
                engine.submission("  steps:\n    c: {kind: shell, script: \"sleep 1; echo $$ > out\"}\n", Map.of()));
        Thread.sleep(400);
        engine.close();
        engine = open();
        var ended = engine.end(run.id());
        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.step(ended, "c").tries().attempts()).isEqualTo(1);
    }

    @Test
    void eventsAreNumberedWithoutGaps() throws Exception {
        var run = engine.run(CHAIN);
        var events = engine.service()
                .events(TestEngine.HERE, run.id(), 0, Duration.ZERO)
                .events();
        for (var index = 0; index < events.size(); index++) {
            assertThat(events.get(index).seq()).isEqualTo(index + 1L);
        }
    }

    @Test
    void forcesAStepAndWhatFollowsWhenAskedTo() throws Exception {
        var first = engine.run(CHAIN);
        var resumed = engine.service().resume(TestEngine.HERE, first.id(), Optional.of("b"));
        var ended = engine.end(resumed.id());
        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.step(ended, "a").outcome().orElseThrow().how()).isEqualTo(Outcome.How.CARRIED);
        assertThat(engine.step(ended, "b").keyed().orElseThrow().causes()).containsExactly(MissCause.FORCED);
        assertThat(engine.step(ended, "c").keyed().orElseThrow().causes()).containsExactly(MissCause.FORCED);
    }

    @Test
    void manyRunsAtOnceEachEndOnce() throws Exception {
        var runs = new ArrayList<String>();
        for (var number = 0; number < 12; number++) {
            var steps = CHAIN.replace("one", "number " + number % 4);
            runs.add(engine.accepted(engine.submission(steps, Map.of())).id());
        }
        for (var run : runs) {
            assertThat(engine.end(run).state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(engine.ran()).hasSize(8);
    }

    @Test
    void consumersAreToldOfTheAttemptThatCounts() throws Exception {
        var run = engine.run("""
                  defaults: {retry: {maxAttempts: 2, retryOn: ["exit:7"], backoff: {initial: 10ms}}}
                  steps:
                    plain: {kind: make, text: one}
                    noted: {kind: shell, script: "mkdir ../../../outside/1 && exit 7; echo x > out"}
                    failed: {kind: shell, script: "exit 8"}
                """);
        var attempts = engine.service().attempts(engine.step(run, "noted").ref());
        assertThat(attempts).hasSize(2);
        assertThat(engine.told()).containsExactly(attempts.getLast().id());
    }
}
