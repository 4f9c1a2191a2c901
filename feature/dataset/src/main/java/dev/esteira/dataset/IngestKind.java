package dev.esteira.dataset;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
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
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kind {@code ingest}: a file becomes a data set. The file's digest is in the step's key, so it is read once. */
public final class IngestKind implements StepKind {

    private static final String OUTPUT = "data";
    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Field PATH =
            Field.required("path", new Shape.FilePath(), "The file, beside the pipeline file or below.");

    private final DataEngine engine;

    /** The kind on an engine. */
    public IngestKind(DataEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "ingest 1, " + DatasetWriter.IMPLEMENTATION;
    }

    @Override
    public Effect effect() {
        return Effect.READER;
    }

    @Override
    public boolean seeded(StepSpec spec) {
        return false;
    }

    @Override
    public String documentation() {
        return "Reads a Parquet or CSV file as a data set, in a total order, with its profile.";
    }

    @Override
    public Shape.Group shape() {
        return Shape.Group.of(
                Field.required(
                        "source",
                        new Shape.Tagged(Map.of("parquet", Shape.Group.of(PATH), "csv", csv())),
                        "Where the rows come from."),
                Field.optional(
                        "orderBy",
                        new Shape.ListOf(TEXT),
                        "Columns that decide the order of the rows; else those of role id, else all. Ties go by all"
                                + " columns."),
                Roles.FIELD);
    }

    private static Shape.Group csv() {
        var types = Arrays.stream(LogicalType.values()).map(LogicalType::text).toList();
        return Shape.Group.of(
                PATH,
                Field.optional("delimiter", TEXT, "One character between fields, by default a comma."),
                Field.optional(
                        "header",
                        new Shape.Scalar(LogicalType.BOOLEAN),
                        "Whether the first line names the columns, by default true; else they are column1, column2 and so on."),
                Field.optional(
                        "nullTokens",
                        new Shape.ListOf(TEXT),
                        "Unquoted fields that mean a missing value, such as NA; an empty one always does."),
                Field.optional(
                        "columns",
                        new Shape.MapOf(new Shape.Choice(types)),
                        "Types of columns by name; the others are found from all values."));
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        var tag = spec.fields().fields("source").field("csv").isPresent() ? "csv" : "parquet";
        var delimiter =
                spec.fields().fields("source").fields("csv").text("delimiter").orElse(",");
        if (delimiter.length() != 1 || delimiter.charAt(0) == '"' || delimiter.charAt(0) == '\n') {
            context.problem(
                    "/source/csv/delimiter",
                    DatasetErrorCode.CSV_MALFORMED,
                    "'" + delimiter + "' is not one character between fields.",
                    "Write one character, such as \",\" or \";\" or a tab as \"\\t\".");
            return Map.of(OUTPUT, Outline.of(ArtifactType.DATASET));
        }
        var schema = outline(Source.of(spec.fields().fields("source")), tag, context);
        Roles.check(spec.fields(), schema, context);
        schema.ifPresent(known -> checkOrder(spec, known, context));
        return Map.of(OUTPUT, new Outline(ArtifactType.DATASET, schema.map(known -> withRoles(spec, known))));
    }

    private static Optional<Schema> outline(Source source, String tag, CheckContext context) {
        try {
            var file = context.file(source.path());
            return file.isEmpty() ? Optional.empty() : source.outline(file.get());
        } catch (EsteiraException e) {
            context.problem(
                    "/source/" + tag + "/path",
                    e.code(),
                    e.explanation(),
                    e.remedy().orElse(""));
        } catch (IOException e) {
            context.problem(
                    "/source/" + tag + "/path",
                    DatasetErrorCode.SOURCE_UNREADABLE,
                    "'" + source.path() + "' cannot be read.",
                    "Check that it is there and may be read.");
        }
        return Optional.empty();
    }

    private static void checkOrder(StepSpec spec, Schema schema, CheckContext context) {
        for (var item : spec.fields().items("orderBy")) {
            var name = item.asText().orElse("");
            if (schema.column(name).isEmpty()) {
                context.problem(
                        "/orderBy",
                        DatasetErrorCode.COLUMN_UNKNOWN,
                        "orderBy names the column '" + name + "', which the data do not have.",
                        Roles.nearest(name, schema));
            }
        }
    }

    /** The roles where they fit; that they do not has been reported. */
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
        var fields = context.spec().fields();
        var source = Source.of(fields.fields("source"));
        try {
            var file = context.file(source.path());
            try (var session = engine.open(context.directory(), context.threads(), List.of(file))) {
                var options = new DatasetOptions(Roles.of(fields), texts(fields));
                var dataset =
                        source.load(session, file, options, context.directory().resolve(OUTPUT));
                context.log("Read " + dataset.rows() + " rows of "
                        + dataset.schema().columns().size() + " columns from " + source.path() + ".");
                return new StepResult.Succeeded(Map.of(OUTPUT, DatasetWriter.publish(context, dataset)), 0);
            }
        } catch (NoSuchFileException e) {
            throw new EsteiraException(
                    DatasetErrorCode.SOURCE_NOT_FOUND,
                    "'" + source.path() + "' is not among the files of the run.",
                    "Check the path: it is relative to the pipeline file.",
                    e);
        }
    }

    private static List<String> texts(Value.Fields fields) {
        return fields.items("orderBy").stream()
                .flatMap(item -> item.asText().stream())
                .toList();
    }
}
