package dev.esteira.dataset;

import dev.esteira.dataset.DataSession.EngineColumn;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Concurrently;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Writes the rows of a query as a data set. The rows are put in a total order and every setting of the file is fixed,
 * so the same rows give the same bytes, whatever the number of threads, the time zone or the order they came in. A
 * query whose result itself depends on the order of its rows is beyond this promise.
 */
public final class DatasetWriter {

    /** What decides the bytes beside the rows: part of the implementation of every kind that writes data sets. */
    public static final String IMPLEMENTATION = "dataset 1, " + DataEngine.VERSION;

    private static final int ROW_GROUP_ROWS = 122_880;
    private static final int ZSTD_LEVEL = 1;

    private final DataSession session;

    /** A writer on a session that can read what its queries name. */
    public DatasetWriter(DataSession session) {
        this.session = session;
    }

    /**
     * Writes the data set's files into a folder below the session's own.
     *
     * @param query one query; ask {@link DataSession#requireQuery} first when somebody else wrote it
     * @param folder made when missing
     * @throws EsteiraException COLUMN_TYPE_UNSUPPORTED, COLUMN_UNKNOWN, COLUMN_VALUE_OUT_OF_RANGE, ROLE_MALFORMED,
     *     DATASET_TOO_LARGE, and those of {@link DataSession}; nothing usable is in the folder then
     * @throws InterruptedException when the caller was interrupted
     */
    public Dataset write(String query, List<Value> parameters, DatasetOptions options, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var columns = session.describe(query, parameters);
        var schema = schema(columns, options);
        var orderBy = orderBy(schema, options);
        var file = folder.resolve(Dataset.DATA_FILE);
        var names = columns.stream().map(EngineColumn::name).toList();
        // Sorting by few columns takes half the time, and is a total order when no two rows agree in them.
        copy(stored(query, columns), parameters, orderBy.isEmpty() ? names : orderBy, file);
        var profile = new Profiler(session).profile(file, schema);
        if (!orderBy.isEmpty() && !tellsRowsApart(orderBy, profile, file)) {
            var all = new LinkedHashSet<>(orderBy);
            all.addAll(names);
            var sorted = folder.resolve("sorted.parquet");
            copy("SELECT * FROM " + relation(file), List.of(), all, sorted);
            Files.move(sorted, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return describe(schema, profile, orderBy, folder);
    }

    private static String stored(String query, List<EngineColumn> columns) {
        var stored = columns.stream().map(EngineType::stored).collect(Collectors.joining(", "));
        return "SELECT " + stored + " FROM (\n" + query + "\n)";
    }

    private static String relation(Path file) {
        return "read_parquet(" + DataEngine.literal(file.toString()) + ")";
    }

    private boolean tellsRowsApart(List<String> orderBy, DatasetProfile profile, Path file)
            throws InterruptedException {
        var unique = orderBy.stream()
                .flatMap(name -> profile.column(name).stream())
                .anyMatch(column -> column.nulls() == 0 && column.distinct() == profile.rows());
        if (unique || orderBy.size() == 1) {
            return unique;
        }
        var keys = orderBy.stream().map(DataEngine::quoted).collect(Collectors.joining(", "));
        var sql = "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1)"
                .formatted(relation(file), keys);
        return session.row(sql, List.of(), row -> row.getLong(1)) == 0;
    }

    /** A query whose rows are to become a data set of that name. */
    public record Output(String name, String query, DatasetOptions options) {}

    /**
     * Writes data sets and stores them as artifacts, as many at a time as the session has threads.
     *
     * @param outputs queries without parameters and without temporary tables; a folder of each name is used below the
     *     session's
     * @return the artifacts by the names of the outputs, in their order
     */
    public SequencedMap<String, Artifact> publish(StepContext context, List<Output> outputs)
            throws IOException, InterruptedException {
        List<Artifact> artifacts = Concurrently.each(outputs, session.threads(), output -> {
            try (var beside = session.beside()) {
                return new DatasetWriter(beside)
                        .publish(context, output.name(), output.query(), List.of(), output.options());
            }
        });
        var named = new LinkedHashMap<String, Artifact>();
        for (var index = 0; index < artifacts.size(); index++) {
            named.put(outputs.get(index).name(), artifacts.get(index));
        }
        return named;
    }

    /**
     * Writes the data set and stores it as an artifact.
     *
     * @param name a folder of that name is used below the session's
     */
    public Artifact publish(
            StepContext context, String name, String query, List<Value> parameters, DatasetOptions options)
            throws IOException, InterruptedException {
        var dataset = write(query, parameters, options, session.directory().resolve(name));
        return publish(context, dataset);
    }

    /** Stores a data set that lies in one folder as an artifact; its files are gone afterwards. */
    public static Artifact publish(StepContext context, Dataset dataset) throws IOException {
        var folder = Optional.ofNullable(dataset.parquet().getParent()).orElseThrow();
        var files = new LinkedHashMap<String, Path>();
        for (var name : List.of(Dataset.DATA_FILE, Dataset.DESCRIPTION_FILE, Dataset.PROFILE_FILE)) {
            files.put(name, folder.resolve(name));
        }
        return context.publish(ArtifactType.DATASET, files, dataset.summary());
    }

    /**
     * The columns that a query's data set has; nothing runs. Whether values are missing is not known before it did.
     *
     * @throws EsteiraException COLUMN_TYPE_UNSUPPORTED, ROLE_MALFORMED, DATASET_TOO_LARGE
     */
    public Schema schema(String query, List<Value> parameters, DatasetOptions options) throws InterruptedException {
        return schema(session.describe(query, parameters), options);
    }

    static Schema schema(List<EngineColumn> columns, DatasetOptions options) {
        DatasetLimits.requireColumns(columns.size());
        var logical = new ArrayList<Column>();
        for (var column : columns) {
            DatasetLimits.requireName(column.name());
            logical.add(new Column(column.name(), EngineType.require(column), true, Optional.empty()));
        }
        return Roles.apply(new Schema(logical), options.roles());
    }

    private static List<String> orderBy(Schema schema, DatasetOptions options) {
        for (var name : options.orderBy()) {
            if (schema.column(name).isEmpty()) {
                throw new EsteiraException(
                        DatasetErrorCode.COLUMN_UNKNOWN,
                        "orderBy names the column '" + name + "', which the data do not have.",
                        Roles.nearest(name, schema));
            }
        }
        if (!options.orderBy().isEmpty()) {
            return options.orderBy();
        }
        return schema.withRole(Role.ID).stream().map(Column::name).toList();
    }

    private void copy(String query, List<Value> parameters, Collection<String> order, Path file)
            throws InterruptedException {
        var keys = order.stream()
                .map(name -> DataEngine.quoted(name) + " ASC NULLS LAST")
                .collect(Collectors.joining(", "));
        var sql = """
                COPY (SELECT * FROM (%s) ORDER BY %s) TO %s (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL %s, ROW_GROUP_SIZE %s)""".formatted(query, keys, DataEngine.literal(file.toString()), ZSTD_LEVEL, ROW_GROUP_ROWS);
        try {
            session.execute(sql, parameters);
        } catch (EsteiraException e) {
            throw outOfRange(e);
        }
    }

    private static EsteiraException outOfRange(EsteiraException error) {
        if (error.code() == DatasetErrorCode.SQL_FAILED && error.explanation().contains("INT64")) {
            return new EsteiraException(
                    DatasetErrorCode.COLUMN_VALUE_OUT_OF_RANGE,
                    "An integer does not fit into 64 bits: " + error.explanation(),
                    "Cast the column to double, decimal or text.",
                    error);
        }
        return error;
    }

    private static Dataset describe(Schema declared, DatasetProfile profile, List<String> orderBy, Path folder)
            throws IOException {
        var data = folder.resolve(Dataset.DATA_FILE);
        DatasetLimits.requireRows(profile.rows());
        var schema = new Schema(declared.columns().stream()
                .map(column -> new Column(
                        column.name(),
                        column.type(),
                        profile.column(column.name()).map(ColumnProfile::nulls).orElse(0L) > 0,
                        column.role()))
                .toList());
        var document = new DatasetDocument(schema, orderBy, profile.rows());
        Files.write(folder.resolve(Dataset.DESCRIPTION_FILE), CanonicalJson.bytes(document.value()));
        Files.write(folder.resolve(Dataset.PROFILE_FILE), CanonicalJson.bytes(profile.value()));
        return new Dataset(schema, orderBy, profile.rows(), data, folder.resolve(Dataset.PROFILE_FILE));
    }
}
