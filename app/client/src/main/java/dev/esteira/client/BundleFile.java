package dev.esteira.client;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A local file that travels with a pipeline.
 *
 * @param path as the pipeline names it
 * @param local where it lies
 */
public record BundleFile(String path, Path local, Digest digest, long size) {

    private static final int BUFFER = 1 << 18;

    @Limit(value = "Files of a folder that are looked through for a name like the one that is missing.", unit = "files")
    private static final int MOST_NAMES = 10_000;

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
            throw missing(local, "There is no file " + local + ".");
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

    /** The error FILE_NOT_FOUND, with the file beside it that was probably meant. */
    public static EsteiraException missing(Path file, String message) {
        var folder = file.toAbsolutePath().getParent();
        var name = String.valueOf(file.getFileName());
        var remedy = NearestName.of(name, namesIn(folder))
                .map(near -> "Did you mean '" + file.resolveSibling(near) + "'?")
                .orElse(Files.isDirectory(file) ? "It is a folder; name a file in it." : "Correct the path.");
        return new EsteiraException(ClientErrorCode.FILE_NOT_FOUND, message, remedy);
    }

    private static List<String> namesIn(@Nullable Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .limit(MOST_NAMES)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    Value wire() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("path", Value.of(path));
        fields.put("digest", Value.of(digest.toString()));
        fields.put("size", Value.of(size));
        return Value.ofFields(fields);
    }
}
