package dev.esteira.transform;

import dev.esteira.dataset.DatasetErrorCode;
import dev.esteira.dataset.QueryCheck;
import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a process of its own what a query reads and gives: the engine's parser and binder recurse as deep as a text makes
 * them, so a text can end the process that reads it. Answers are remembered. Thread-safe.
 */
final class SqlOutline {

    static final String JOB = "job.json";
    static final String ANSWER = "answer.json";

    @Limit("How long a query may be looked at before anything runs; after that it is found out when it runs.")
    static final Duration LONGEST = Duration.ofSeconds(10);

    @Limit(value = "Answers about queries that are remembered.", unit = "answers")
    private static final int MAX_REMEMBERED = 200;

    private static final Logger LOG = LoggerFactory.getLogger(SqlOutline.class);
    private static final long HEAP_BYTES = 64L << 20;
    private static final int SIGNALLED = 128;
    private static final int KILLED = SIGNALLED + 9;

    private final ChildJvm jvm;
    private final Map<Digest, Answer> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Answer> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    SqlOutline(ChildJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * A query and what is known of its step's inputs.
     *
     * @param bind the values of its parameters
     * @param inputs the columns of each input where they are known
     */
    record Question(String sql, Value.Fields bind, Map<String, Optional<Schema>> inputs) {
        Question {
            inputs = Map.copyOf(inputs);
        }
    }

    /**
     * What there is to say.
     *
     * @param fault what is wrong with the query; {@code Line 2, column 5: } may stand before the message
     * @param tables that the query reads, empty when it cannot be read
     * @param columns of its rows, where those of all inputs are known and nothing is wrong
     */
    record Answer(Optional<EsteiraException> fault, List<QueryCheck.Table> tables, Optional<Schema> columns) {
        Answer {
            tables = List.copyOf(tables);
        }
    }

    /** The answer; empty when nobody could be asked, which says nothing about the query. */
    Optional<Answer> of(Question question) {
        var job = job(question);
        var digest = CanonicalJson.digest(job);
        synchronized (remembered) {
            var known = remembered.get(digest);
            if (known != null) {
                return Optional.of(known);
            }
        }
        var answer = asked(job);
        synchronized (remembered) {
            answer.ifPresent(told -> remembered.put(digest, told));
        }
        return answer;
    }

    private static Value.Fields job(Question question) {
        var inputs = new LinkedHashMap<String, Value>();
        question.inputs().forEach((name, schema) -> {
            var columns = new LinkedHashMap<String, Value>();
            schema.ifPresent(known -> known.columns()
                    .forEach(column ->
                            columns.put(column.name(), Value.of(column.type().text()))));
            inputs.put(name, schema.isPresent() ? Value.ofFields(columns) : Value.NOTHING);
        });
        return Value.Fields.EMPTY
                .with("sql", Value.of(question.sql()))
                .with("bind", question.bind())
                .with("inputs", Value.ofFields(inputs));
    }

    private Optional<Answer> asked(Value.Fields job) {
        try {
            var folder = Files.createTempDirectory("esteira-sql");
            try {
                return asked(job, folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            LOG.debug("A query cannot be looked at before it runs", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Answer> asked(Value.Fields job, Path folder) throws IOException, InterruptedException {
        Files.write(folder.resolve(JOB), CanonicalJson.bytes(job));
        var launch = jvm.launch(SqlOutlineMain.class.getName(), List.of(), HEAP_BYTES, Map.of());
        var builder = new ProcessBuilder(launch.command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        var process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("A query takes too long to be looked at before it runs");
                return Optional.empty();
            }
        } finally {
            process.destroyForcibly();
        }
        var status = process.exitValue();
        if (status > SIGNALLED && status != KILLED) {
            return Optional.of(new Answer(Optional.of(unreadable(status)), List.of(), Optional.empty()));
        }
        var answer = folder.resolve(ANSWER);
        return status == 0 && Files.exists(answer)
                ? Optional.of(answer(Json.parseFields(Files.readString(answer))))
                : Optional.empty();
    }

    private static EsteiraException unreadable(int status) {
        return new EsteiraException(
                DatasetErrorCode.SQL_MALFORMED,
                "The data engine cannot read this query: its process ended with status " + status + ".",
                "Write it with less inside of each other, or in two steps.");
    }

    private static Answer answer(Value.Fields told) {
        var tables = told.items("tables").stream()
                .flatMap(item -> item.asFields().stream())
                .map(table -> new QueryCheck.Table(
                        table.text("name").orElse(""),
                        Math.toIntExact(table.whole("line").orElse(1L)),
                        Math.toIntExact(table.whole("column").orElse(1L))))
                .toList();
        var columns = told.items("columns").stream()
                .flatMap(item -> item.asFields().stream())
                .map(column -> new Column(
                        column.text("name").orElse(""),
                        column.text("type").flatMap(LogicalType::of).orElseThrow(),
                        true,
                        Optional.empty()))
                .toList();
        return new Answer(
                told.field("error").flatMap(Value::asFields).map(SqlOutline::fault),
                tables,
                columns.isEmpty() ? Optional.empty() : Optional.of(new Schema(columns)));
    }

    private static EsteiraException fault(Value.Fields error) {
        var name = error.text("code").orElse("");
        var code = Arrays.stream(DatasetErrorCode.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(DatasetErrorCode.SQL_MALFORMED);
        return new EsteiraException(
                code, error.text("message").orElse(""), error.text("remedy").orElse(""));
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
