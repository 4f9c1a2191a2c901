package dev.esteira.pipeline;

import dev.esteira.http.IdempotencyKey;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file with everything it needs to run.
 *
 * @param fileName as the person names it
 * @param files the bundle; their contents were uploaded before
 * @param params values of parameters, which override the defaults
 * @param options how it is to run
 * @param repetition by which the same submission is known again; empty when each one makes a run
 */
public record Submission(
        WorkspaceName workspace,
        String fileName,
        String text,
        List<BundleEntry> files,
        Value.Fields params,
        Options options,
        Optional<IdempotencyKey> repetition) {

    public Submission {
        files = List.copyOf(files);
    }

    /** A file of the bundle: its path below the pipeline file, and its content. */
    public record BundleEntry(String path, Digest digest, long size) {}

    /**
     * How it is to run.
     *
     * @param cache whether stored values serve
     * @param from a step that runs in any case, as do all that follow from it
     * @param profile a name that conditions may ask for, empty for none
     * @param seed of the run instead of the file's; empty for the file's
     */
    public record Options(boolean cache, Optional<String> from, String profile, Optional<Long> seed) {

        /** Stored values serve, nothing is forced. */
        public static final Options DEFAULT = new Options(true, Optional.empty(), "", Optional.empty());
    }
}
