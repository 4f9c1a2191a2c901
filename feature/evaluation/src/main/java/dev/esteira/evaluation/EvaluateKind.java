package dev.esteira.evaluation;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.ResolveContext;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import java.util.Map;

/**
 * The step kind {@code evaluate}: takes raw rows, applies each model with its own transform, and reports metrics with
 * intervals, by slice, beside a constant prediction and beside a registered version.
 */
public final class EvaluateKind implements StepKind {

    /** The resolved component with the digest of the version to compare with. */
    static final String BASELINE = "baseline";

    private static final Map<String, ArtifactType> INPUTS =
            Map.of("data", ArtifactType.DATASET, "model", ArtifactType.MODEL, "transform", ArtifactType.TRANSFORM);

    private final EvaluateStep step;
    private final Baselines baselines;

    /** @param jvm how to start the process that predicts */
    public EvaluateKind(DataEngine engine, ChildJvm jvm, Baselines baselines) {
        this.step = new EvaluateStep(engine, jvm, baselines);
        this.baselines = baselines;
    }

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "evaluate 3; xgboost 3.4.0; " + DatasetWriter.IMPLEMENTATION;
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public String documentation() {
        return "Measures a model on rows that it has not seen, beside a constant prediction and a registered version.";
    }

    @Override
    public Shape.Group shape() {
        return EvaluationSpec.SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        Ports.check(INPUTS, context);
        EvaluationSpec.check(spec.fields(), context);
        context.inputs()
                .getOrDefault("data", Outline.of(ArtifactType.DATASET))
                .schema()
                .ifPresent(schema -> EvaluationSpec.checkSlices(spec.fields(), schema, context));
        return Map.of(
                "report", Outline.of(ArtifactType.EVALUATION_REPORT), "predictions", Outline.of(ArtifactType.TABLE));
    }

    @Override
    public Value.Fields resolve(ResolveContext context) {
        var baseline = EvaluationSpec.of(context.spec().fields()).baseline();
        return baseline.flatMap(names -> baselines.byAlias(context.workspace(), names.model(), names.alias()))
                .map(version -> Value.Fields.EMPTY.with(
                        BASELINE, Value.of(version.digest().hex())))
                .orElse(Value.Fields.EMPTY);
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Child(step);
    }
}
