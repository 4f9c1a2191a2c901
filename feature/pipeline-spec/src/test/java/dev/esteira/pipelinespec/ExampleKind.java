package dev.esteira.pipelinespec;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.LogicalType;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Kinds with the fields and outputs of the real ones, as far as a file shows them. */
record ExampleKind(String name, Shape.Group shape, BiFunction<StepSpec, CheckContext, Map<String, Outline>> outputs)
        implements StepKind {

    enum Code implements ErrorCode {
        EXAMPLE_FIT_ON;

        @Override
        public FaultOwner owner() {
            return FaultOwner.CALLER;
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String description() {
            return "Fitted on rows that are no training rows.";
        }
    }

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape ANY = new Shape.Anything();

    static List<ExampleKind> all() {
        return List.of(
                kind("ingest", Map.of("data", ArtifactType.DATASET), required("source", source())),
                new ExampleKind("validate", validate(), ExampleKind::passedOn),
                new ExampleKind("transform", transform(), ExampleKind::transformed),
                kind(
                        "split",
                        Map.of(
                                "train", ArtifactType.DATASET,
                                "validation", ArtifactType.DATASET,
                                "test", ArtifactType.DATASET),
                        required("strategy", ANY)),
                kind(
                        "train",
                        Map.of("model", ArtifactType.MODEL, "metrics", ArtifactType.METRICS),
                        required(
                                "trainer",
                                Shape.Group.of(
                                        required("name", TEXT),
                                        required(
                                                "task",
                                                new Shape.Choice(List.of("binary", "multiclass", "regression"))),
                                        optional("params", new Shape.MapOf(ANY)),
                                        optional("rounds", new Shape.WholeIn(1, 10_000)),
                                        optional("earlyStopping", ANY)))),
                kind(
                        "evaluate",
                        Map.of("report", ArtifactType.EVALUATION_REPORT, "predictions", ArtifactType.DATASET),
                        required("metrics", new Shape.ListOf(TEXT)),
                        optional("intervals", ANY),
                        optional("slices", new Shape.ListOf(ANY)),
                        optional("baseline", ANY)),
                kind("gate", Map.of("decision", ArtifactType.GATE_DECISION), required("checks", new Shape.ListOf(ANY))),
                kind("register", Map.of("version", ArtifactType.MODEL_VERSION), required("model", ANY)));
    }

    private static Shape source() {
        return new Shape.Tagged(Map.of(
                "parquet", Shape.Group.of(required("path", new Shape.FilePath())),
                "csv", Shape.Group.of(required("path", new Shape.FilePath()))));
    }

    private static Shape.Group validate() {
        return Shape.Group.of(
                optional("contract", new Shape.FilePath()),
                optional("checks", new Shape.ListOf(ANY)),
                optional(
                        "quarantineLimit",
                        Shape.Group.of(
                                optional("rows", new Shape.WholeIn(0, Long.MAX_VALUE)),
                                optional("ratio", new Shape.NumberIn(0, 1)))));
    }

    private static Shape.Group transform() {
        return Shape.Group.of(
                optional(
                        "sql",
                        Shape.Group.of(
                                optional("path", new Shape.FilePath()),
                                optional("text", TEXT),
                                optional("bind", new Shape.MapOf(ANY)))),
                optional("ops", new Shape.ListOf(ANY)),
                optional("fitOn", TEXT),
                optional("orderBy", new Shape.ListOf(TEXT)),
                optional("roles", new Shape.MapOf(TEXT)));
    }

    private static Map<String, Outline> passedOn(StepSpec spec, CheckContext context) {
        var outputs = new LinkedHashMap<String, Outline>(context.inputs());
        outputs.put("report", Outline.of(ArtifactType.CHECK_REPORT));
        return outputs;
    }

    private static Map<String, Outline> transformed(StepSpec spec, CheckContext context) {
        if (spec.fields().field("sql").isPresent()) {
            return Map.of("data", Outline.of(ArtifactType.DATASET));
        }
        var fitOn = spec.fields().text("fitOn").orElse("");
        if (context.origins(fitOn).stream().noneMatch(origin -> origin.output().equals("train"))) {
            context.problem(
                    "/fitOn",
                    Code.EXAMPLE_FIT_ON,
                    "The input '" + fitOn + "' does not come from a training part.",
                    "Fit on the train output of a split.");
        }
        var outputs = new LinkedHashMap<String, Outline>(context.inputs());
        outputs.put("transform", Outline.of(ArtifactType.TRANSFORM));
        return outputs;
    }

    private static ExampleKind kind(String name, Map<String, ArtifactType> outputs, Shape.Field... fields) {
        return new ExampleKind(name, Shape.Group.of(fields), (spec, context) -> {
            var outlines = new LinkedHashMap<String, Outline>();
            outputs.forEach((output, type) -> outlines.put(output, Outline.of(type)));
            return outlines;
        });
    }

    private static Shape.Field required(String name, Shape shape) {
        return Shape.Field.required(name, shape, "An example.");
    }

    private static Shape.Field optional(String name, Shape shape) {
        return Shape.Field.optional(name, shape, "An example.");
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "example";
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public String documentation() {
        return "An example.";
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        return outputs.apply(spec, context);
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Inline(context -> new StepResult.Succeeded(Map.of(), 0));
    }
}
