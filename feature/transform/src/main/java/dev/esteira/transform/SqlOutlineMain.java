package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.dataset.NamedParameters;
import dev.esteira.dataset.QueryCheck;
import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The process that looks at a query; reads {@code job.json} in its working folder and leaves {@code answer.json}. */
public final class SqlOutlineMain {

    private static final long MEMORY_BYTES = 256L << 20;
    private static final int TOO_LONG = 3;

    private SqlOutlineMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        endInTime();
        var job = Json.parseFields(Files.readString(Path.of(SqlOutline.JOB)));
        Files.write(Path.of(SqlOutline.ANSWER), CanonicalJson.bytes(answer(job)));
        Runtime.getRuntime().halt(0);
    }

    /** Whoever asked may be gone, and a query can name itself so often that looking at it has no end. */
    private static void endInTime() {
        Thread.ofPlatform().daemon().name("limit").start(() -> {
            try {
                Thread.sleep(SqlOutline.LONGEST);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(TOO_LONG);
        });
    }

    private static Value.Fields answer(Value.Fields job) throws InterruptedException {
        var answer = Value.Fields.EMPTY;
        try {
            var sql = job.text("sql").orElse("");
            var tables = QueryCheck.tables(sql);
            answer = answer.with(
                    "tables",
                    new Value.Sequence(
                            tables.stream().map(SqlOutlineMain::value).toList()));
            var inputs = inputs(job.fields("inputs"));
            if (inputs.size() == job.fields("inputs").entries().size() && readsOnly(tables, inputs)) {
                answer = answer.with("columns", columns(sql, job.fields("bind"), inputs));
            }
            return answer;
        } catch (EsteiraException e) {
            return answer.with(
                    "error",
                    Value.Fields.EMPTY
                            .with("code", Value.of(e.code().name()))
                            .with("message", Value.of(e.explanation()))
                            .with("remedy", Value.of(e.remedy().orElse(""))));
        }
    }

    private static boolean readsOnly(List<QueryCheck.Table> tables, Map<String, Schema> inputs) {
        return tables.stream().allMatch(table -> inputs.keySet().stream().anyMatch(table.name()::equalsIgnoreCase));
    }

    /** Those whose columns are known. */
    private static Map<String, Schema> inputs(Value.Fields fields) {
        var inputs = new LinkedHashMap<String, Schema>();
        fields.entries()
                .forEach((name, known) -> known.asFields().ifPresent(columns -> inputs.put(name, schema(columns))));
        return inputs;
    }

    private static Schema schema(Value.Fields columns) {
        return new Schema(columns.entries().entrySet().stream()
                .map(column -> new Column(
                        column.getKey(),
                        column.getValue().asText().flatMap(LogicalType::of).orElseThrow(),
                        true,
                        Optional.empty()))
                .toList());
    }

    private static Value columns(String sql, Value.Fields bind, Map<String, Schema> inputs)
            throws InterruptedException {
        var bound = NamedParameters.bind(sql, bind.entries());
        try (var session = new DataEngine(MEMORY_BYTES).openEmpty(inputs)) {
            var schema = new DatasetWriter(session).schema(bound.sql(), bound.parameters(), DatasetOptions.NONE);
            return new Value.Sequence(schema.columns().stream()
                    .<Value>map(column -> Value.Fields.EMPTY
                            .with("name", Value.of(column.name()))
                            .with("type", Value.of(column.type().text())))
                    .toList());
        }
    }

    private static Value value(QueryCheck.Table table) {
        return Value.Fields.EMPTY
                .with("name", Value.of(table.name()))
                .with("line", Value.of(table.line()))
                .with("column", Value.of(table.column()));
    }
}
