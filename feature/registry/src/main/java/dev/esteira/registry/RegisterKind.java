package dev.esteira.registry;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The step kind {@code register}: makes a version of a registered model out of a model, its fitted transform and the
 * decision that lets it pass. The same content is the same version.
 */
public final class RegisterKind implements StepKind {

    /** The figure of a version's summary with the model's name. */
    static final String MODEL = "model";

    /** The figure of a version's summary with the aliases to set. */
    static final String ALIASES = "aliases";

    private static final Map<String, ArtifactType> INPUTS = Map.of(
            "model", ArtifactType.MODEL,
            "transform", ArtifactType.TRANSFORM,
            "decision", ArtifactType.GATE_DECISION);

    private static final Shape.Group SHAPE = Shape.Group.of(Shape.Field.required(
            "model",
            Shape.Group.of(
                    Shape.Field.required("name", new Shape.Scalar(LogicalType.STRING), "The registered model's name."),
                    Shape.Field.optional(
                            "aliases",
                            new Shape.ListOf(new Shape.Scalar(LogicalType.STRING)),
                            "The aliases that name the version from now on.")),
            "Under which name the version is registered."));

    @Override
    public String name() {
        return "register";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "register 1";
    }

    @Override
    public Effect effect() {
        return Effect.EFFECT;
    }

    @Override
    public boolean cached() {
        return true;
    }

    @Override
    public boolean seeded(StepSpec spec) {
        return false;
    }

    @Override
    public String documentation() {
        return "Registers a model with its transform as a version, when the gate's decision lets it pass.";
    }

    @Override
    public Shape.Group shape() {
        return SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        INPUTS.forEach((name, type) -> {
            var input = context.inputs().get(name);
            if (input == null || input.type() != type) {
                context.problem(
                        input == null ? "" : "/inputs/" + name,
                        RegistryErrorCode.REGISTER_INPUT_MISSING,
                        input == null
                                ? "The step has no input '" + name + "'."
                                : "The input '" + name + "' is a "
                                        + input.type().text() + ".",
                        "Give it a " + type.text() + ".");
            }
        });
        var model = spec.fields().fields("model");
        try {
            model.text("name").ifPresent(ModelName::new);
            model.items("aliases").forEach(alias -> alias.asText().ifPresent(Alias::new));
        } catch (EsteiraException e) {
            context.problem("/model", e.code(), e.explanation(), e.remedy().orElse(""));
        }
        return Map.of("version", Outline.of(ArtifactType.MODEL_VERSION));
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Inline(RegisterKind::run);
    }

    private static StepResult run(StepContext context) throws IOException {
        var decision = input(context, "decision");
        if (!decision.summary().flag("passed").orElse(false)) {
            return new StepResult.Refused(
                    RegistryErrorCode.DECISION_NEGATIVE, "The gate's decision does not let the model pass.", Map.of());
        }
        var model = context.spec().fields().fields("model");
        var summary = Value.Fields.EMPTY
                .with(MODEL, model.field("name").orElseThrow())
                .with(ALIASES, new Value.Sequence(model.items("aliases")))
                .with("decision", Value.of(decision.digest().toString()));
        var document = summary.without(ALIASES).with("formatVersion", Value.of(1));
        var file = Files.write(context.directory().resolve("version.json"), CanonicalJson.bytes(document));
        var own = context.publish(ArtifactType.MODEL_VERSION, Map.of("version.json", file), summary);
        var files = new ArrayList<>(own.files());
        files.addAll(below("model/", input(context, "model")));
        files.addAll(below("transform/", input(context, "transform")));
        return new StepResult.Succeeded(Map.of("version", new Artifact(ArtifactType.MODEL_VERSION, files, summary)), 0);
    }

    private static List<ArtifactFile> below(String folder, Artifact artifact) {
        return artifact.files().stream()
                .map(file -> new ArtifactFile(folder + file.path(), file.digest(), file.size()))
                .toList();
    }

    private static Artifact input(StepContext context, String name) {
        return Objects.requireNonNull(context.inputs().get(name), name);
    }
}
