package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.Shape.Field;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The kind {@code split}: rows are divided into train, validation and test. Roles and order are inherited. */
public final class SplitKind implements StepKind {

    private static final String INPUT = "data";
    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape SHARE = new Shape.NumberIn(0, 1);

    private final DataEngine engine;

    /** The kind on an engine. */
    public SplitKind(DataEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "split";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "split 1, " + DatasetWriter.IMPLEMENTATION;
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public boolean seeded(StepSpec spec) {
        return SplitStrategy.of(spec.fields().fields("strategy")).drawn();
    }

    @Override
    public String documentation() {
        return "Divides rows into train, validation and test, by time, by chance, by strata or by groups.";
    }

    @Override
    public Shape.Group shape() {
        var strategy = Shape.Group.of(
                Field.required(
                        "type",
                        new Shape.Choice(List.of("time", "random", "stratified", "group")),
                        "time: earlier rows train, later ones test. random: by the hash of id or row. stratified: every value of a column keeps its share. group: rows of a group stay together."),
                Field.optional("column", TEXT, "The column of time or of the strata."),
                Field.optional(
                        "boundaries",
                        new Shape.ListOf(new Shape.AnyOf(List.of(
                                TEXT, new Shape.Scalar(LogicalType.INTEGER), new Shape.Scalar(LogicalType.NUMBER)))),
                        "For time: where validation begins and where test begins, in UTC."),
                Field.optional("train", SHARE, "The share of rows, strata or groups to train on."),
                Field.optional("validation", SHARE, "The share to choose by."),
                Field.optional("test", SHARE, "The share to judge by; the three sum to 1."),
                Field.optional(
                        "gap",
                        new Shape.AnyOf(List.of(new Shape.Duration(), new Shape.NumberIn(0, Double.MAX_VALUE))),
                        "For time: what is left out at the end of train and of validation, so that labels do not reach over the boundary."),
                Field.optional(
                        "groupBy",
                        TEXT,
                        "For group: the column whose values stay together. For time: rows of a group that an earlier part has are left out."));
        return Shape.Group.of(Field.required("strategy", strategy, "How to divide."), Roles.FIELD);
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        var input = Optional.ofNullable(context.inputs().get(INPUT));
        if (input.isEmpty() || input.get().type() != ArtifactType.DATASET) {
            context.problem(
                    "/inputs",
                    DatasetErrorCode.SPLIT_MALFORMED,
                    "A split needs a data set as its input 'data'.",
                    "Write inputs: {data: \"${{ steps.NAME.outputs.data }}\"}.");
        }
        var schema = input.flatMap(Outline::schema);
        try {
            var strategy = SplitStrategy.of(spec.fields().fields("strategy"));
            schema.ifPresent(strategy::require);
        } catch (EsteiraException e) {
            context.problem("/strategy", e.code(), e.explanation(), e.remedy().orElse(""));
        }
        Roles.check(spec.fields(), schema, context);
        var outline = new Outline(ArtifactType.DATASET, schema.map(known -> withRoles(spec, known)));
        var outputs = new LinkedHashMap<String, Outline>();
        Split.PARTS.forEach(part -> outputs.put(part, outline));
        return outputs;
    }

    private static Schema withRoles(StepSpec spec, Schema schema) {
        try {
            return Roles.apply(schema, Roles.of(spec.fields()));
        } catch (EsteiraException e) {
            return schema;
        }
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Inline(this::run);
    }

    private StepResult run(StepContext context) throws IOException, InterruptedException {
        var input = Optional.ofNullable(context.inputs().get(INPUT))
                .orElseThrow(() -> new EsteiraException(
                        DatasetErrorCode.SPLIT_MALFORMED, "The split has no input 'data'.", "Give it one."));
        var dataset = Dataset.read(context, input);
        var strategy = SplitStrategy.of(context.spec().fields().fields("strategy"));
        var options = options(context.spec().fields(), dataset);
        try (var session = engine.open(context.directory(), context.threads(), List.of(dataset.parquet()))) {
            var split = new Split(session, dataset.withRoles(options.roles()));
            var counts = split.divide(strategy, context::seed);
            context.log("Divided " + dataset.rows() + " rows: train " + counts.get(0) + ", validation " + counts.get(1)
                    + ", test " + counts.get(2) + ".");
            var parts = IntStream.range(0, Split.PARTS.size())
                    .mapToObj(part -> new DatasetWriter.Output(Split.PARTS.get(part), split.query(part), options))
                    .toList();
            return new StepResult.Succeeded(new DatasetWriter(session).publish(context, parts), 0);
        }
    }

    private static DatasetOptions options(Value.Fields fields, Dataset dataset) {
        var inherited = DatasetOptions.inherited(dataset, dataset.schema().names());
        var roles = new HashMap<String, Role>(inherited.roles());
        roles.putAll(Roles.of(fields));
        return new DatasetOptions(roles, inherited.orderBy());
    }
}
