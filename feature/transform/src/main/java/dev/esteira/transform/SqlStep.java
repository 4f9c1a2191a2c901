package dev.esteira.transform;

import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Launch;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the SQL of a step in a process that sees the inputs of the step and nothing else. */
final class SqlStep implements Execution.ChildBody {

    static final String JOB = "job.json";
    static final String OUTPUT = "output";

    private static final long HEAP_BYTES = 256L << 20;

    private final ChildJvm jvm;

    SqlStep(ChildJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public Launch prepare(StepContext context) throws IOException {
        var sql = context.spec().fields().fields("sql");
        var path = sql.text("path");
        var text = path.isPresent()
                ? Files.readString(context.file(path.get()))
                : sql.text("text").orElse("");
        var inputs = new LinkedHashMap<String, Value>();
        for (var input : context.inputs().entrySet()) {
            inputs.put(
                    input.getKey(),
                    Value.of(Dataset.read(context, input.getValue()).parquet().toString()));
        }
        var job = Value.Fields.EMPTY
                .with("sql", Value.of(text))
                .with("file", Value.of(path.orElse("sql")))
                .with("bind", sql.fields("bind"))
                .with("inputs", Value.ofFields(inputs))
                .with("orderBy", new Value.Sequence(context.spec().fields().items("orderBy")))
                .with("roles", context.spec().fields().fields("roles"))
                .with("threads", Value.of(context.threads()));
        Files.write(context.directory().resolve(JOB), CanonicalJson.bytes(job));
        return jvm.launch(SqlMain.class.getName(), List.of(), HEAP_BYTES, Map.of());
    }

    @Override
    public void observe(StepContext context, String line) {
        // The process tells nothing before its end.
    }

    @Override
    public StepResult collect(StepContext context) throws IOException {
        var dataset = Dataset.in(context.directory().resolve(SqlMain.WORK).resolve(OUTPUT));
        return new StepResult.Succeeded(Map.of("data", DatasetWriter.publish(context, dataset)), 0);
    }
}
