package dev.esteira.training;

import dev.esteira.dataset.DataEngine;
import dev.esteira.kernel.Digest;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import dev.esteira.tracking.Tracking;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The step kind {@code train}: learns a model from transformed rows, in a process of its own, as a tracked run. */
public final class TrainKind implements StepKind {

    private static final Shape.Group SHAPE = new Shape.Group(List.of(TrainerSpec.FIELD));

    private final TrainStep step;

    /** @param jvm how to start the process that learns */
    public TrainKind(DataEngine engine, ChildJvm jvm, Tracking tracking, InstantSource clock) {
        this.step = new TrainStep(engine, jvm, tracking, clock);
    }

    /**
     * The id of the tracked run of an attempt of this kind: the same for the same attempt, so that a restarted server goes
     * on with the same run.
     */
    public static String trackedRun(String attempt) {
        return Digest.ofText("tracked run of attempt " + attempt).hex().substring(0, 32);
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "train 2; xgboost " + TrainStep.XGBOOST_VERSION;
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public String documentation() {
        return "Learns a model from the training rows, watching the validation rows.";
    }

    @Override
    public Shape.Group shape() {
        return SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        if (!context.inputs().containsKey("train")) {
            context.problem(
                    "",
                    TrainingErrorCode.MISSING_INPUT,
                    "The step has no input 'train'.",
                    "Add the training rows to 'inputs'.");
        }
        context.inputs().forEach((name, input) -> {
            if (input.type() != ArtifactType.DATASET || !(name.equals("train") || name.equals("validation"))) {
                context.problem(
                        "/inputs/" + name,
                        TrainingErrorCode.MISSING_INPUT,
                        "The step does not know what to do with the "
                                + input.type().text() + " '" + name + "'.",
                        "It takes the data sets 'train' and 'validation'.");
            }
        });
        TrainerSpec.check(spec.fields(), context);
        return Map.of("model", Outline.of(ArtifactType.MODEL), "metrics", Outline.of(ArtifactType.METRICS));
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Child(step);
    }
}
