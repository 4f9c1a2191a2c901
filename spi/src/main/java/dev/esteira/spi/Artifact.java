package dev.esteira.spi;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * An immutable tree of files with a type. Its identity is {@link #digest()}, taken over paths, sizes and digests of its
 * files and nothing else, so the same content made anywhere is the same artifact.
 *
 * @param files sorted by path
 * @param summary a few figures for people and decisions (rows, scores, verdicts), derived from the content alone; below
 *     16 KiB, no part of the identity
 */
public record Artifact(ArtifactType type, List<ArtifactFile> files, Value.Fields summary) {

    public Artifact {
        files = files.stream().sorted(Comparator.comparing(ArtifactFile::path)).toList();
    }

    /** The digest of the tree: SHA-256 over the canonical JSON of the sorted entries. */
    public Digest digest() {
        var entries = files.stream().<Value>map(Artifact::entry).toList();
        return CanonicalJson.digest(new Value.Sequence(entries));
    }

    /** The bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(ArtifactFile::size).sum();
    }

    /** The file at a path, empty when there is none. */
    public Optional<ArtifactFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    private static Value entry(ArtifactFile file) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("path", Value.of(file.path()));
        fields.put("size", Value.of(file.size()));
        fields.put("sha256", Value.of(file.digest().hex()));
        return Value.ofFields(fields);
    }
}
