package dev.esteira.pipelinespec;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A pipeline that can run.
 *
 * @param params every parameter with its value in this run, in the order of the file
 * @param steps in an order in which each comes after those it stands on, else in the order of the file
 * @param document the file as a value, without comments and layout
 */
public record CheckedPipeline(
        Metadata metadata,
        List<ParamSpec> declaredParams,
        Value.Fields params,
        Reproducibility reproducibility,
        List<CheckedStep> steps,
        Value.Fields document) {

    public CheckedPipeline {
        declaredParams = List.copyOf(declaredParams);
        steps = List.copyOf(steps);
    }

    /** The canonical text of the file: the same for files that differ in comments and layout alone. */
    public String canonicalText() {
        return CanonicalJson.text(document);
    }

    /** The revision of the pipeline: the digest of its canonical text. */
    public Digest revision() {
        return CanonicalJson.digest(document);
    }

    /** The step of that name, empty when there is none. */
    public Optional<CheckedStep> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** The paths of all files that steps name. */
    public SortedSet<String> files() {
        var files = new TreeSet<String>();
        steps.forEach(step -> files.addAll(step.files().values()));
        return files;
    }
}
