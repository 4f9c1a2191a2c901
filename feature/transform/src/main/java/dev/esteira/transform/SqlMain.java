package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.dataset.NamedParameters;
import dev.esteira.dataset.Roles;
import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * The process that runs the SQL of a step. Reads {@code job.json} in its working folder and writes the data set below
 * it; else leaves {@code error.json} and ends with status 1.
 */
public final class SqlMain {

    static final String WORK = "work";

    private static final long MEMORY_BYTES = 1L << 30;

    private static final Pattern LINE = Pattern.compile("Line (\\d+)(?:, column (\\d+))?: ");

    private SqlMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of("").toAbsolutePath();
        try {
            run(folder);
        } catch (EsteiraException e) {
            fail(folder, e);
        } catch (OutOfMemoryError e) {
            fail(
                    folder,
                    new EsteiraException(
                            KernelErrorCode.OUT_OF_MEMORY,
                            "The process that runs SQL wanted more memory than it may use.",
                            "Let the query give fewer or shorter columns."));
        }
    }

    private static void fail(Path folder, EsteiraException failure) throws IOException {
        var error = Value.Fields.EMPTY
                .with("code", Value.of(failure.code().name()))
                .with("owner", Value.of(failure.code().owner().name()))
                .with("message", Value.of(failure.explanation()))
                .with("remedy", Value.of(failure.remedy().orElse("")));
        Files.write(folder.resolve("error.json"), CanonicalJson.bytes(error));
        Runtime.getRuntime().halt(1);
    }

    private static void run(Path folder) throws IOException, InterruptedException {
        var job = Json.parseFields(Files.readString(folder.resolve(SqlStep.JOB)));
        try {
            run(folder, job);
        } catch (EsteiraException e) {
            throw e.code().name().startsWith("SQL_")
                    ? located(e, job.text("file").orElse("sql"))
                    : e;
        }
    }

    /** With the SQL file before what is wrong in it, as people and editors read places. */
    static EsteiraException located(EsteiraException error, String file) {
        var line = LINE.matcher(error.explanation());
        var message = line.lookingAt()
                ? file + ":" + line.group(1) + (line.group(2) == null ? "" : ":" + line.group(2)) + ": "
                        + error.explanation().substring(line.end())
                : file + ": " + error.explanation();
        return new EsteiraException(error.code(), message, error.remedy().orElse(""), error);
    }

    private static void run(Path folder, Value.Fields job) throws IOException, InterruptedException {
        var inputs = new LinkedHashMap<String, Path>();
        job.fields("inputs")
                .entries()
                .forEach((name, path) -> inputs.put(name, Path.of(path.asText().orElseThrow(SqlMain::malformed))));
        var threads = Math.toIntExact(job.whole("threads").orElseThrow(SqlMain::malformed));
        try (var session = new DataEngine(MEMORY_BYTES).open(folder.resolve(WORK), threads, inputs.values())) {
            for (var input : inputs.entrySet()) {
                session.execute("CREATE VIEW " + DataEngine.quoted(input.getKey()) + " AS SELECT * FROM read_parquet("
                        + DataEngine.literal(input.getValue().toString()) + ")");
            }
            var sql = job.text("sql").orElseThrow(SqlMain::malformed);
            var bound = NamedParameters.bind(sql, job.fields("bind").entries());
            session.requireQuery(sql);
            var options = new DatasetOptions(
                    Roles.of(job),
                    job.items("orderBy").stream()
                            .flatMap(item -> item.asText().stream())
                            .toList());
            new DatasetWriter(session)
                    .write(
                            bound.sql(),
                            bound.parameters(),
                            options,
                            session.directory().resolve(SqlStep.OUTPUT));
        }
    }

    private static EsteiraException malformed() {
        return new EsteiraException(
                TransformErrorCode.SQL_PROCESS_FAILED,
                "The process that runs SQL cannot read its job.",
                "Report this with the log of the step.");
    }
}
