package dev.esteira.client;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * A local file that travels with a pipeline.
 *
 * @param path as the pipeline names it
 * @param local where it lies
 */
public record BundleFile(String path, Path local, Digest digest, long size) {

    private static final int BUFFER = 1 << 18;

    /**
     * Reads a file to learn its digest.
     *
     * @param folder of the pipeline file
     * @param path as the pipeline names it
     * @throws EsteiraException FILE_NOT_FOUND, FILE_UNREADABLE
     */
    public static BundleFile read(Path folder, String path) {
        var local = folder.resolve(path);
        if (!Files.isRegularFile(local)) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_NOT_FOUND,
                    "There is no file " + local + ", which the pipeline names as '" + path + "'.",
                    "Correct the path; it is relative to the pipeline file.");
        }
        var digest = Digest.sha256();
        var size = 0L;
        try (var in = Files.newInputStream(local)) {
            var buffer = new byte[BUFFER];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                size += count;
            }
        } catch (IOException e) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_UNREADABLE, "The file " + local + " cannot be read.", "Check its rights.", e);
        }
        return new BundleFile(path, local, Digest.ofFinished(digest), size);
    }

    Value wire() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("path", Value.of(path));
        fields.put("digest", Value.of(digest.toString()));
        fields.put("size", Value.of(size));
        return Value.ofFields(fields);
    }
}
