package dev.esteira.pipelinespec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.document.LocatedProblem;
import dev.esteira.expression.Outcome;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PipelineReaderTest {

    private static final PipelineReader READER = new PipelineReader(ExampleKind.all());
    private static final BundleFiles ALL_FILES = path -> Optional.of(Path.of(path));
    private static final String HEAD = """
            apiVersion: esteira.dev/v1
            kind: Pipeline
            metadata: {name: rows, labels: {team: operations}}
            spec:
              params:
                rounds: {type: integer, default: 400, minimum: 1, maximum: 1000}
                share: {type: number, default: 0.5}
                from: {type: timestamp, default: "2013-09-01T00:00:00-04:00"}
                city: {type: string, default: ewr}
            """;

    @Test
    void readsTheFlagshipPipeline() throws IOException {
        var pipeline = valid(flights(), Value.Fields.EMPTY);

        assertThat(pipeline.metadata().name()).isEqualTo("flight-delay");
        assertThat(pipeline.reproducibility())
                .isEqualTo(new Reproducibility(Reproducibility.Level.SEEDED, Optional.of(2013L)));
        assertThat(pipeline.steps().stream().map(CheckedStep::name))
                .containsExactly(
                        "flights",
                        "weather",
                        "planes",
                        "contract",
                        "observations",
                        "examples",
                        "split",
                        "hygiene",
                        "features",
                        "train",
                        "evaluate",
                        "gates",
                        "register");
        assertThat(pipeline.files())
                .containsExactly(
                        "contracts/flights.contract.yaml",
                        "contracts/weather.contract.yaml",
                        "data/flights.parquet",
                        "data/planes.parquet",
                        "data/weather.parquet",
                        "sql/flights.sql");
    }

    @Test
    void givesEachStepItsLinksPolicyAndParameters() throws IOException {
        var pipeline = valid(flights(), Value.Fields.EMPTY.with("rounds", Value.of("90")));
        var features = pipeline.step("features").orElseThrow();
        var gates = pipeline.step("gates").orElseThrow();

        assertThat(features.links().predecessors()).containsExactly("split", "hygiene");
        assertThat(features.links().inputs().get("train")).isEqualTo(new OutputReference("split", "train"));
        assertThat(features.outputs().keySet()).containsExactly("train", "transform", "validation");
        assertThat(gates.spec().params()).isEqualTo(Value.ofFields(Map.of("minAuc", Value.of(0.68))));
        assertThat(gates.policy())
                .isEqualTo(new StepPolicy(
                        new RetrySpec(3, List.of("infra", "lost"), Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0),
                        Optional.of(Duration.ofMinutes(10)),
                        CacheSpec.DEFAULT));
        assertThat(pipeline.step("train")
                        .orElseThrow()
                        .spec()
                        .fields()
                        .fields("trainer")
                        .whole("rounds"))
                .contains(90L);
        assertThat(pipeline.params().field("rounds")).contains(Value.of(90));
        assertThat(gates.spec().fields().entries()).containsOnlyKeys("checks");
    }

    @Test
    void ordersStepsByWhatTheyNeedAndElseAsWritten() {
        var pipeline = valid(HEAD + """
                          steps:
                            late: {kind: validate, inputs: {data: "${{ steps.early.outputs.data }}"}, dependsOn: [other]}
                            other: {kind: ingest, source: {csv: {path: b.csv}}}
                            early: {kind: ingest, source: {csv: {path: a.csv}}}
                        """, Value.Fields.EMPTY);

        assertThat(pipeline.steps().stream().map(CheckedStep::name)).containsExactly("other", "early", "late");
    }

    @Test
    void keepsTheTypeOfAWholeReferenceAndJoinsWordsInsideATexts() {
        var pipeline = valid(HEAD + """
                          steps:
                            rows: {kind: ingest, source: {csv: {path: "data/${{ params.city }}-${{params.rounds}}.csv"}}}
                            parts:
                              kind: split
                              inputs: {data: "${{ steps.rows.outputs.data }}"}
                              strategy: {train: "${{ params.share }}", from: "${{ params.from }}", of: "${{ metadata.name }}"}
                        """, Value.Fields.EMPTY.with("city", Value.of("jfk")));
        var strategy = pipeline.step("parts").orElseThrow().spec().fields().fields("strategy");

        assertThat(pipeline.files()).containsExactly("data/jfk-400.csv");
        assertThat(strategy.field("train")).contains(Value.of(0.5));
        assertThat(strategy.text("from")).contains("2013-09-01T04:00:00Z");
        assertThat(strategy.text("of")).contains("rows");
    }

    @Test
    void letsAStepOverrideTheDefaultsFieldByField() {
        var pipeline = valid(HEAD + """
                          defaults:
                            retry: {maxAttempts: 5, retryOn: [infra], backoff: {type: constant, initial: 2s}}
                            timeout: {run: 1h}
                          steps:
                            rows:
                              kind: ingest
                              source: {csv: {path: a.csv}}
                              retry: {retryOn: [timeout, "exit:75"]}
                              cache: {mode: off, salt: x}
                              when: run.profile == 'prod' && metadata.labels.team == 'operations' && params.rounds > 3.5
                        """, Value.Fields.EMPTY);
        var step = pipeline.steps().getFirst();

        assertThat(step.policy().retry().maxAttempts()).isEqualTo(5);
        assertThat(step.policy().retry().retryOn()).containsExactly("timeout", "exit:75");
        assertThat(step.policy().retry().factor()).isEqualTo(1);
        assertThat(step.policy().retry().initial()).isEqualTo(Duration.ofSeconds(2));
        assertThat(step.policy().timeout()).contains(Duration.ofHours(1));
        assertThat(step.policy().cache()).isEqualTo(new CacheSpec(false, Optional.empty(), Optional.of("x")));
        var condition = step.condition().orElseThrow();
        var metadata = pipeline.metadata().toValue();
        assertThat(RunCondition.evaluate(condition, pipeline.params(), metadata, "prod"))
                .isEqualTo(new Outcome.Decided(Value.of(true)));
        assertThat(RunCondition.evaluate(condition, pipeline.params(), metadata, ""))
                .isEqualTo(new Outcome.Decided(Value.of(false)));
        assertThat(RunCondition.evaluate("metadata.labels.tier == 'gold'", pipeline.params(), metadata, ""))
                .isEqualTo(new Outcome.Undecided("metadata.labels.tier does not exist."));
    }

    @Test
    void comparesTimestampsAsInstantsAndTextsAsTexts() {
        var params = Value.ofFields(
                Map.of("from", Value.of("2013-09-01T04:00:00Z"), "count", Value.of(3), "city", Value.of("ewr")));

        for (var condition : List.of(
                "params.from < timestamp('2013-09-01T05:00:00+00:00') && params.count < 3.5",
                "params.from == '2013-09-01T04:00:00Z' && params.city == 'ewr'")) {
            assertThat(RunCondition.evaluate(condition, params, Value.Fields.EMPTY, ""))
                    .isEqualTo(new Outcome.Decided(Value.of(true)));
        }
    }

    @Test
    void outlinesWithoutFilesAndWithoutParameters() throws IOException {
        var outline = READER.outline("flight-delay.pipeline.yaml", flights(), Value.Fields.EMPTY);

        assertThat(outline.problems()).isEmpty();
        assertThat(outline.files()).hasSize(6);

        var open = READER.outline(
                "p.yaml",
                HEAD.replace("city: {type: string, default: ewr}", "city: {type: string}") + """
                          steps:
                            rows: {kind: ingest, source: {csv: {path: "${{ params.city }}.csv"}}}
                            more: {kind: ingest, source: {csv: {path: more.csv}}}
                        """,
                Value.Fields.EMPTY);
        assertThat(open.problems()).isEmpty();
        assertThat(open.files()).containsExactly("more.csv");
    }

    @Test
    void refusesValuesOfParametersThatDoNotFit() throws IOException {
        assertThat(problems(
                        flights(), Map.of("rounds", Value.of("many"), "minAuc", Value.of(2.0), "round", Value.of(1))))
                .containsExactly(
                        "f.yaml:10:3: A value was given for 'round', which is no parameter of this pipeline."
                                + " Did you mean 'rounds'? (PARAM_UNKNOWN)",
                        "f.yaml:12:13: The value given of the parameter 'rounds' is 'many', not an integer."
                                + " (PARAM_MALFORMED)",
                        "f.yaml:13:13: The value given of the parameter 'minAuc' is 2, which is not between 0.5 and 1."
                                + " (PARAM_MALFORMED)");
    }

    @Test
    void hasTheSameRevisionWhateverCommentsAndLayout() throws IOException {
        var one = valid(flights(), Value.Fields.EMPTY);
        var other = valid(
                "# Story.\n" + flights().replace("{team: operations}", "\n    team: operations"), Value.Fields.EMPTY);
        var changed = valid(flights().replace("default: 400", "default: 401"), Value.Fields.EMPTY);

        assertThat(other.revision()).isEqualTo(one.revision());
        assertThat(changed.revision()).isNotEqualTo(one.revision());
        assertThat(valid(one.canonicalText(), Value.Fields.EMPTY).revision()).isEqualTo(one.revision());
    }

    @Test
    void asksForOneNamePerKind() {
        var kinds = List.of(ExampleKind.all().getFirst(), ExampleKind.all().getFirst());

        assertThatThrownBy(() -> new PipelineReader(kinds)).hasMessageContaining("ingest");
    }

    private static String flights() throws IOException {
        try (InputStream in = PipelineReaderTest.class.getResourceAsStream("/good/flight-delay.pipeline.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static CheckedPipeline valid(String text, Value.Fields given) {
        return switch (READER.check("f.yaml", text, given, ALL_FILES)) {
            case PipelineCheck.Valid(var pipeline) -> pipeline;
            case PipelineCheck.Invalid(var problems) ->
                throw new AssertionError(
                        problems.stream().map(LocatedProblem::render).toList());
        };
    }

    private static List<String> problems(String text, Map<String, Value> given) {
        return switch (READER.check("f.yaml", text, Value.ofFields(given), ALL_FILES)) {
            case PipelineCheck.Valid valid -> List.of();
            case PipelineCheck.Invalid(var problems) ->
                problems.stream().map(LocatedProblem::render).toList();
        };
    }
}
