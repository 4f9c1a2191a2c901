package dev.esteira.evaluation;

import dev.esteira.document.Json;
import dev.esteira.expression.Compiled;
import dev.esteira.expression.ExpressionType;
import dev.esteira.expression.Expressions;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The step kind {@code gate}: decides by checks whether a model may go on; nothing is registered without its decision. */
public final class GateKind implements StepKind {

    private static final Map<String, ArtifactType> INPUTS =
            Map.of("report", ArtifactType.EVALUATION_REPORT, "model", ArtifactType.MODEL);

    private static final Shape.Group SHAPE =
            Shape.Group.of(Shape.Field.required("checks", new Shape.ListOf(GateCheck.SHAPE), "The checks, in order."));

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "gate 1";
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public boolean seeded(StepSpec spec) {
        return false;
    }

    @Override
    public String documentation() {
        return "Decides by checks of the report and the model whether the model may be registered.";
    }

    @Override
    public Shape.Group shape() {
        return SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        Ports.check(INPUTS, context);
        var expressions = expressions(spec);
        var items = spec.fields().items("checks");
        if (items.isEmpty()) {
            context.problem(
                    "/checks",
                    EvaluationErrorCode.GATE_CHECK_MALFORMED,
                    "The gate has no check, so every model would pass.",
                    "Add one, e.g. {id: useful, assert: \"report.roc_auc >= 0.7\"}.");
        }
        var ids = new HashSet<String>();
        for (var index = 0; index < items.size(); index++) {
            var item = items.get(index).asFields().orElse(Value.Fields.EMPTY);
            check(item, "/checks/" + index, expressions, context);
            var id = item.text("id").orElse("");
            if (!ids.add(id)) {
                context.problem(
                        "/checks/" + index + "/id",
                        EvaluationErrorCode.GATE_CHECK_MALFORMED,
                        "Two checks have the id '" + id + "'.",
                        "Give each its own.");
            }
        }
        return Map.of("decision", Outline.of(ArtifactType.GATE_DECISION));
    }

    private static void check(Value.Fields item, String pointer, Expressions expressions, CheckContext context) {
        var assertion = item.text("assert");
        var named = item.text("check");
        if (assertion.isPresent() == named.isPresent()) {
            context.problem(
                    pointer,
                    EvaluationErrorCode.GATE_CHECK_MALFORMED,
                    "A check of a gate has either 'assert' or 'check'.",
                    "Write assert: \"report.roc_auc >= 0.7\", or check: model.size.");
            return;
        }
        if (assertion.isPresent() && item.field("max").isPresent()) {
            context.problem(
                    pointer + "/max",
                    EvaluationErrorCode.GATE_CHECK_MALFORMED,
                    "'max' belongs to check: model.size, and an assertion ignores it.",
                    "Write the bound into the assertion.");
        }
        if (named.isPresent() && item.field("max").isEmpty()) {
            context.problem(
                    pointer,
                    EvaluationErrorCode.GATE_CHECK_MALFORMED,
                    "The check model.size has no bound.",
                    "Add max: 20MiB.");
        }
        if (assertion.isPresent()
                && expressions.condition(assertion.get()) instanceof Compiled.Malformed(var problems)) {
            problems.forEach(problem ->
                    context.problem(pointer + "/assert", problem.code(), problem.message(), problem.remedy()));
        }
    }

    private static Expressions expressions(StepSpec spec) {
        return new Expressions(Map.of("report", ExpressionType.DYNAMIC, "params", ExpressionType.of(spec.params())));
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Inline(GateKind::run);
    }

    private static StepResult run(StepContext context) throws IOException {
        var artifact = Objects.requireNonNull(context.inputs().get("report"), "report");
        var document = Json.parseFields(
                Files.readString(context.local(artifact.file("report.json").orElseThrow())));
        var model = Objects.requireNonNull(context.inputs().get("model"), "model");
        var absences = new LinkedHashMap<String, String>();
        document.fields("undefined")
                .entries()
                .forEach((pointer, why) -> absences.put(pointer, why.asText().orElse("")));
        var values = Map.<String, Value>of(
                "report", document.fields("report"), "params", context.spec().params());
        var checks = context.spec().fields().items("checks").stream()
                .map(item -> GateCheck.of(item.asFields().orElse(Value.Fields.EMPTY)))
                .toList();
        var expressions = expressions(context.spec());
        var results = checks.stream()
                .map(check -> check.judge(expressions, values, absences, model))
                .toList();
        var decision = new GateDecision(results);
        return result(context, decision);
    }

    private static StepResult result(StepContext context, GateDecision decision) throws IOException {
        var file = Files.write(context.directory().resolve("decision.json"), CanonicalJson.bytes(decision.toValue()));
        var outputs = Map.<String, Artifact>of(
                "decision",
                context.publish(ArtifactType.GATE_DECISION, Map.of("decision.json", file), decision.summary()));
        return decision.passed()
                ? new StepResult.Succeeded(outputs, decision.warnings())
                : new StepResult.Refused(EvaluationErrorCode.GATE_FAILED, decision.refusal(), outputs);
    }
}
