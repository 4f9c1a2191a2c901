package dev.esteira.pipelinespec;

import static dev.esteira.spi.Shape.Field.optional;
import static dev.esteira.spi.Shape.Field.required;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The shapes of a pipeline file, but for what kinds of steps add. */
final class PipelineShape {

    static final String API_VERSION = "esteira.dev/v1";
    static final Pattern STEP_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    @Limit(value = "Steps of a pipeline.", unit = "steps")
    static final int MAX_STEPS = 1_000;

    @Limit(value = "Parameters of a pipeline.", unit = "params")
    static final int MAX_PARAMS = 200;

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final double JITTER = 1;

    static final Shape.Group BACKOFF = Shape.Group.of(
            optional("type", new Shape.Choice(List.of("exponential", "constant")), "How pauses grow; exponential."),
            optional("initial", new Shape.Duration(), "The first pause; 1s."),
            optional("factor", new Shape.NumberIn(1, 100), "By which each pause is longer than the last; 2."),
            optional("max", new Shape.Duration(), "The longest pause; 1min."),
            optional("jitter", new Shape.NumberIn(0, JITTER), "The share by which a pause varies; 0."));

    static final Shape.Group RETRY = Shape.Group.of(
            optional("maxAttempts", new Shape.WholeIn(1, 100), "How often a step is tried; 3."),
            optional("retryOn", new Shape.ListOf(TEXT), "The causes after which it is tried again; infra and lost."),
            optional("backoff", BACKOFF, "The pauses between attempts."));

    static final Shape.Group TIMEOUT =
            Shape.Group.of(optional("run", new Shape.Duration(), "How long one attempt may take; no limit."));

    static final Shape.Group CACHE = Shape.Group.of(
            optional("mode", new Shape.Choice(List.of("auto", "off")), "auto: a stored value of the same key serves."),
            optional("maxAge", new Shape.Duration(), "Older values do not serve."),
            optional("salt", TEXT, "Makes the step's key another one."));

    static final Shape.Group PARAM = Shape.Group.of(
            required(
                    "type",
                    new Shape.Choice(Arrays.stream(LogicalType.values())
                            .map(LogicalType::text)
                            .toList()),
                    "The logical type."),
            optional("default", new Shape.Anything(), "The value when none is given; without it one must be given."),
            optional("minimum", new Shape.Scalar(LogicalType.NUMBER), "The smallest number allowed."),
            optional("maximum", new Shape.Scalar(LogicalType.NUMBER), "The largest number allowed."),
            optional("description", TEXT, "One sentence for people."));

    static final Shape.Group FILE = Shape.Group.of(
            required("apiVersion", new Shape.Choice(List.of(API_VERSION)), "The version of this format."),
            required("kind", new Shape.Choice(List.of("Pipeline")), "What the file is."),
            required(
                    "metadata",
                    Shape.Group.of(
                            required("name", TEXT, "The name of the pipeline: letters, digits, dots, dashes."),
                            optional("description", TEXT, "One sentence for people."),
                            optional("owner", TEXT, "Who answers for it."),
                            optional("labels", new Shape.MapOf(TEXT), "Free words to find it by.")),
                    "What the file says about itself."),
            required(
                    "spec",
                    Shape.Group.of(
                            optional("params", new Shape.MapOf(PARAM), "What may differ from run to run."),
                            optional(
                                    "reproducibility",
                                    Shape.Group.of(
                                            optional(
                                                    "level",
                                                    new Shape.Choice(List.of("none", "seeded")),
                                                    "What two runs of the same file promise; seeded."),
                                            optional(
                                                    "seed",
                                                    new Shape.WholeIn(Long.MIN_VALUE, Long.MAX_VALUE),
                                                    "From which all seeds are drawn; 0.")),
                                    "How far two runs agree."),
                            optional(
                                    "defaults",
                                    Shape.Group.of(
                                            optional("retry", RETRY, "For steps that say nothing."),
                                            optional("timeout", TIMEOUT, "For steps that say nothing."),
                                            optional("cache", CACHE, "For steps that say nothing.")),
                                    "What holds for every step that does not say otherwise."),
                            required("steps", new Shape.MapOf(new Shape.Anything()), "The steps by name.")),
                    "What the pipeline does."));

    private static final List<Shape.Field> STEP = List.of(
            required("kind", TEXT, "What the step does."),
            optional("description", TEXT, "One sentence for people."),
            optional("inputs", new Shape.MapOf(TEXT), "Outputs of other steps, by the name they have here."),
            optional("references", new Shape.MapOf(TEXT), "Outputs that are read and not passed on."),
            optional("dependsOn", new Shape.ListOf(TEXT), "Steps that must have succeeded first."),
            optional("when", new Shape.Condition(), "The step is skipped unless this is true."),
            optional("retry", RETRY, "When a failed attempt is followed by another."),
            optional("timeout", TIMEOUT, "How long an attempt may take."),
            optional("cache", CACHE, "How stored values are used."));

    private PipelineShape() {}

    /** The names of the fields that every step has. */
    static List<String> stepFields() {
        return STEP.stream().map(Shape.Field::name).toList();
    }

    /** All fields of a step of that kind; where both know a name, the kind's. */
    static Shape.Group step(StepKind kind) {
        var own = kind.shape().fields();
        var names = own.stream().map(Shape.Field::name).toList();
        var fields = new ArrayList<Shape.Field>();
        STEP.stream().filter(field -> !names.contains(field.name())).forEach(fields::add);
        fields.addAll(own);
        return new Shape.Group(fields);
    }
}
