package dev.esteira.spi;

import dev.esteira.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Keeps contents under their digest. A content is complete or absent, and stored once; when {@code put} returns it has
 * reached the disk. Thread-safe, and safe for several processes at once.
 */
public interface ArtifactStore {

    /** A stored content: its digest and its size in bytes. */
    record Stored(Digest digest, long size) {}

    /**
     * Stores all bytes of the stream, which the caller closes.
     *
     * @throws IOException when reading or storing failed; nothing is visible then
     */
    Stored put(InputStream content) throws IOException;

    /**
     * Stores a file by moving it where that is possible, else by copying; the file is gone afterwards.
     *
     * @throws IOException when storing failed; nothing is visible then
     */
    Stored adopt(Path file) throws IOException;

    /** Whether the content is there. */
    boolean contains(Digest digest) throws IOException;

    /**
     * Opens a content for reading.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    InputStream open(Digest digest) throws IOException;

    /**
     * A local file with the content, not to be changed. A store that is elsewhere fetches it first.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    Path local(Digest digest) throws IOException;

    /** Removes a content; no error when it is not there. */
    void delete(Digest digest) throws IOException;

    /**
     * Removes a content unless it was stored, or stored again, at that moment or later. What a sweep of unreachable
     * contents calls, so that it cannot take away what somebody has just put.
     *
     * @return whether it was there and was removed
     */
    boolean deleteStoredBefore(Digest digest, Instant moment) throws IOException;

    /** Visits every content with the moment it was last stored, in no order. */
    void forEach(BiConsumer<Digest, Instant> visitor) throws IOException;
}
