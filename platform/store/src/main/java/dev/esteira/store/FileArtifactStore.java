package dev.esteira.store;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.spi.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Contents as read-only files below a folder, named after their digest: {@code sha256/ab/ab…}. Written under a
 * temporary name, flushed, renamed, and the folder flushed, so a content is complete or absent whatever happens. The
 * time of a file says when its content was last stored. Putting and deleting one content exclude each other within one
 * process; when several processes share the folder, one of them at a time may delete.
 */
public final class FileArtifactStore implements ArtifactStore {

    private static final int BUFFER_BYTES = 128 << 10;
    private static final int LOCKS = 64;
    private static final String PART = ".part";

    private final Path contents;
    private final Path parts;
    private final InstantSource clock;
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(index -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** @param folder an absolute path; made by {@link #start} */
    public FileArtifactStore(Path folder, InstantSource clock) {
        this.contents = folder.resolve("sha256");
        this.parts = folder.resolve("parts");
        this.clock = clock;
    }

    /**
     * Makes the folders and removes what a crash left half written.
     *
     * @param leftoversBefore unfinished contents written before this moment are leftovers; {@link Instant#MAX} when no
     *     other process uses the folder
     * @throws EsteiraException DATA_DIRECTORY_UNUSABLE or DISK_FULL
     */
    public void start(Instant leftoversBefore) {
        try {
            makeFolder(contents);
            makeFolder(parts);
            try (var leftovers = Files.newDirectoryStream(parts)) {
                for (var part : leftovers) {
                    if (Files.getLastModifiedTime(part).toInstant().isBefore(leftoversBefore)) {
                        Files.deleteIfExists(part);
                    }
                }
            }
        } catch (IOException e) {
            throw DiskFaults.explain(e, "The folder of stored contents cannot be used: " + DiskFaults.reason(e) + ".");
        }
    }

    @Override
    public Stored put(InputStream content) throws IOException {
        var part = Files.createTempFile(parts, "", PART);
        try {
            return publish(part, copy(content, part));
        } catch (IOException e) {
            throw DiskFaults.orFull(e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Stored adopt(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString(), null, "no regular file");
        }
        var part = Files.createTempFile(parts, "", PART);
        try {
            Files.move(file, part, StandardCopyOption.ATOMIC_MOVE);
            return publish(part, flushed(part));
        } catch (AtomicMoveNotSupportedException e) {
            return adoptCopy(file);
        } catch (IOException e) {
            if (Files.notExists(file)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            throw DiskFaults.orFull(e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Stored adoptCopy(Path file) throws IOException {
        Stored stored;
        try (var content = Files.newInputStream(file)) {
            stored = put(content);
        }
        Files.delete(file);
        return stored;
    }

    private static Stored copy(InputStream content, Path part) throws IOException {
        var digest = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        var size = 0L;
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            for (var count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
                write(channel, ByteBuffer.wrap(buffer, 0, count));
                size += count;
            }
            channel.force(true);
        }
        return new Stored(Digest.ofFinished(digest), size);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Stored flushed(Path part) throws IOException {
        var digest = Digest.sha256();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        var size = 0L;
        try (var channel = FileChannel.open(part, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                size += buffer.flip().remaining();
                digest.update(buffer);
                buffer.clear();
            }
            channel.force(true);
        }
        return new Stored(Digest.ofFinished(digest), size);
    }

    /** Gives a complete and flushed part its name, or drops it when the content is there already. */
    private Stored publish(Path part, Stored stored) throws IOException {
        var target = path(stored.digest());
        var lock = lock(stored.digest());
        lock.lock();
        try {
            if (Files.isRegularFile(target) && Files.size(target) == stored.size()) {
                Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
                Files.deleteIfExists(part);
                return stored;
            }
            makeFolder(Objects.requireNonNull(target.getParent()));
            Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--------"));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flushFolder(Objects.requireNonNull(target.getParent()));
            return stored;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(Digest digest) {
        return Files.isRegularFile(path(digest), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(path(digest));
    }

    @Override
    public Path local(Digest digest) throws IOException {
        var path = path(digest);
        if (!contains(digest)) {
            throw new NoSuchFileException(path.toString());
        }
        return path;
    }

    /**
     * Reads a content and compares it with its name.
     *
     * @throws EsteiraException BLOB_DAMAGED when it is another one
     * @throws NoSuchFileException when it is not there
     */
    public void verify(Digest digest) throws IOException {
        var actual = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (var content = open(digest)) {
            for (var count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                actual.update(buffer, 0, count);
            }
        }
        if (!Digest.ofFinished(actual).equals(digest)) {
            throw new EsteiraException(
                    StoreErrorCode.BLOB_DAMAGED,
                    "The stored content " + digest + " has changed on the disk.",
                    "Check the disk and restore the content from a backup.");
        }
    }

    @Override
    public void delete(Digest digest) throws IOException {
        deleteStoredBefore(digest, Instant.MAX);
    }

    @Override
    public boolean deleteStoredBefore(Digest digest, Instant moment) throws IOException {
        var path = path(digest);
        var lock = lock(digest);
        lock.lock();
        try {
            return Files.exists(path)
                    && Files.getLastModifiedTime(path).toInstant().isBefore(moment)
                    && Files.deleteIfExists(path);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forEach(BiConsumer<Digest, Instant> visitor) throws IOException {
        try (var folders = Files.newDirectoryStream(contents)) {
            for (var folder : folders) {
                visit(folder, visitor);
            }
        }
    }

    private static void visit(Path folder, BiConsumer<Digest, Instant> visitor) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = Objects.requireNonNull(file.getFileName()).toString();
                if (name.length() == 64) {
                    visitor.accept(
                            new Digest(name), Files.getLastModifiedTime(file).toInstant());
                }
            }
        }
    }

    private Path path(Digest digest) {
        return contents.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private ReentrantLock lock(Digest digest) {
        return locks[Math.floorMod(digest.hashCode(), LOCKS)];
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        flushFolder(Objects.requireNonNull(folder.getParent()));
    }

    /** A rename is on disk only when its folder is. */
    private static void flushFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
