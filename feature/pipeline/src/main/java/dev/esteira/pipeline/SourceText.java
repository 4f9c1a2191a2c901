package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Limit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells files that people write (SQL, contracts, scripts) from data, and takes their digest with every line ending
 * written as a line feed, so that a checkout on another system is the same code.
 */
final class SourceText {

    /** Larger files are data. */
    @Limit(
            value = "A file of a pipeline that counts as source text, e.g. SQL; larger ones count as data.",
            unit = "bytes")
    static final long MAX_BYTES = 1 << 20;

    private static final Set<String> DATA = Set.of("csv", "tsv", "parquet", "jsonl", "ndjson");

    private SourceText() {}

    /** The digest of the normalised text, empty when the file is data. */
    static Optional<Digest> digest(String name, Path file) throws IOException {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (DATA.contains(extension) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(Digest.ofText(text.replace("\r\n", "\n").replace('\r', '\n')));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
