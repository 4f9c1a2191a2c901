package dev.esteira.spi;

import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.time.Instant;
import java.util.Map;

/**
 * What a {@link Sink} is told about an output.
 *
 * @param run id of the pipeline run
 * @param step name of the step in its pipeline
 * @param output name of the output
 * @param inputs the step's inputs by name
 * @param annotations what the producing attempt noted, e.g. the id of its tracked run; of the original attempt when cached
 * @param cached whether the value came from the cache
 */
public record Commit(
        WorkspaceName workspace,
        String pipeline,
        String run,
        String step,
        String output,
        Artifact artifact,
        Map<String, Artifact> inputs,
        Value.Fields annotations,
        boolean cached,
        Instant at) {

    public Commit {
        inputs = Map.copyOf(inputs);
    }
}
