package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.dataset.Roles;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The step kind {@code transform}: either SQL over its inputs, which shapes training data in a process of its own, or
 * operations that are fitted on the training rows and kept as a {@link Transform} that serves.
 */
public final class TransformKind implements StepKind {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape.Group SHAPE = Shape.Group.of(
            Shape.Field.optional(
                    "sql",
                    Shape.Group.of(
                            Shape.Field.optional("path", new Shape.FilePath(), "A file with one query."),
                            Shape.Field.optional("text", TEXT, "One query."),
                            Shape.Field.optional(
                                    "bind", new Shape.MapOf(new Shape.Anything()), "The values of $name, by name.")),
                    "A query over the inputs, which are tables by their names."),
            Shape.Field.optional(
                    "orderBy",
                    new Shape.ListOf(TEXT),
                    "The order of the rows written; else by the id, else by all columns."),
            Roles.FIELD,
            Shape.Field.optional(
                    "fitOn", TEXT, "The input that operations are fitted on; train unless said otherwise."),
            Shape.Field.optional("ops", new Shape.ListOf(OperationReader.SHAPE), "The operations, in order."));

    private final SqlOutline outline;
    private final SqlStep sql;
    private final FitStep fit;

    /** @param jvm how to start the process that runs SQL */
    public TransformKind(DataEngine engine, ChildJvm jvm) {
        this.outline = new SqlOutline(jvm);
        this.sql = new SqlStep(jvm);
        this.fit = new FitStep(engine);
    }

    @Override
    public String name() {
        return "transform";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "transform 1; " + DatasetWriter.IMPLEMENTATION;
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    /** Only the folds of a cross-fitted encoding are drawn. */
    @Override
    public boolean seeded(StepSpec spec) {
        return spec.fields().items("ops").stream()
                .map(OperationReader::read)
                .anyMatch(Operation.Target.class::isInstance);
    }

    @Override
    public String documentation() {
        return "Shapes data by SQL, or fits operations on the training rows and applies them to every input.";
    }

    @Override
    public Shape.Group shape() {
        return SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        var fields = spec.fields();
        var both = fields.field("sql").isPresent() && fields.field("ops").isPresent();
        if (both || (fields.field("sql").isEmpty() && fields.field("ops").isEmpty())) {
            context.problem(
                    "",
                    TransformErrorCode.OPERATION_MALFORMED,
                    both ? "The step has both 'sql' and 'ops'." : "The step has neither 'sql' nor 'ops'.",
                    "Write one of them; two steps do both.");
        }
        context.inputs().forEach((name, input) -> {
            if (input.type() != ArtifactType.DATASET) {
                context.problem(
                        "/inputs/" + name,
                        TransformErrorCode.TRANSFORM_INPUT_UNFIT,
                        "The input '" + name + "' is a " + input.type().text() + ".",
                        "A transform takes data sets.");
            }
        });
        return fields.field("ops").isPresent() ? checkOperations(spec, context) : checkSql(fields, context);
    }

    private Map<String, Outline> checkSql(Value.Fields fields, CheckContext context) {
        var sql = fields.fields("sql");
        if (!sql.entries().isEmpty()
                && sql.field("path").isPresent() == sql.field("text").isPresent()) {
            context.problem(
                    "/sql",
                    TransformErrorCode.OPERATION_MALFORMED,
                    "'sql' needs either a path or a text.",
                    "Write sql: {path: file.sql} or sql: {text: \"select …\"}.");
            return Map.of("data", Outline.of(ArtifactType.DATASET));
        }
        return Map.of("data", new Outline(ArtifactType.DATASET, SqlCheck.check(fields, context, outline)));
    }

    private static Map<String, Outline> checkOperations(StepSpec spec, CheckContext context) {
        var fitOn = FitStep.fitOn(spec);
        if (!context.inputs().containsKey(fitOn)) {
            context.problem(
                    spec.fields().field("fitOn").isPresent() ? "/fitOn" : "",
                    TransformErrorCode.FIT_ON_NOT_TRAINING,
                    "The step has no input '" + fitOn + "' to fit on.",
                    "Name one of " + String.join(", ", context.inputs().keySet()) + " in 'fitOn'.");
        } else if (context.origins(fitOn).stream().noneMatch(TransformKind::trainingPart)) {
            context.problem(
                    spec.fields().field("fitOn").isPresent() ? "/fitOn" : "",
                    TransformErrorCode.FIT_ON_NOT_TRAINING,
                    "The input '" + fitOn + "' is not the training part of a split.",
                    "Fit on a split's output 'train', so that the model cannot know what it is tested on.");
        }
        var outputs = new LinkedHashMap<String, Outline>();
        context.inputs().keySet().forEach(name -> outputs.put(name, Outline.of(ArtifactType.DATASET)));
        outputs.put("transform", Outline.of(ArtifactType.TRANSFORM));
        if (context.inputs().containsKey("transform")) {
            context.problem(
                    "/inputs/transform",
                    TransformErrorCode.OPERATION_MALFORMED,
                    "An input may not be called 'transform', which is the name of an output.",
                    "Call it otherwise.");
        }
        var rows = context.inputs().getOrDefault(fitOn, Outline.of(ArtifactType.DATASET));
        OperationCheck.check(spec.fields().items("ops"), rows.schema(), context);
        return outputs;
    }

    private static boolean trainingPart(CheckContext.Origin origin) {
        return origin.kind().equals("split") && origin.output().equals("train");
    }

    @Override
    public Execution execution(StepSpec spec) {
        return spec.fields().field("ops").isPresent() ? new Execution.Inline(fit::run) : new Execution.Child(sql);
    }
}
