package dev.esteira.store;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which everything of one Esteira lies, readable by its owner only. One process at a time holds it; while
 * it does, the folder says who it is and where it listens. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{20,200}");
    private static final int PORT_MAX = 65_535;

    private final Path root;
    private @Nullable FileChannel lockFile;
    private @Nullable FileLock lock;

    /** @param root made by {@link #hold} */
    public DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The folder itself, absolute. */
    public Path root() {
        return root;
    }

    /** The file of the main database. */
    public Path mainDatabase() {
        return root.resolve("main.db");
    }

    /** The file of the tracking database. */
    public Path trackingDatabase() {
        return root.resolve("tracking.db");
    }

    /** The folder of {@link FileArtifactStore}. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }

    /** The folder in which attempts of steps work. */
    public Path attempts() {
        return root.resolve("attempts");
    }

    /** The folder of what can be made again. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** The folder of logs. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The file with configuration keys, which need not exist. */
    public Path configuration() {
        return root.resolve("esteira.properties");
    }

    /**
     * Makes the folder where needed, keeps it to its owner, and holds it until {@link #close}.
     *
     * @param at the moment that the folder names as the start of this process's hold
     * @throws EsteiraException DATA_DIRECTORY_IN_USE with who holds it, DATA_DIRECTORY_UNUSABLE, DISK_FULL
     */
    public synchronized void hold(Instant at) {
        if (lock != null) {
            throw new IllegalStateException("The data directory is held already");
        }
        try {
            for (var folder : new Path[] {root, artifacts(), attempts(), cache(), logs()}) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            }
            Files.setPosixFilePermissions(root, OWNER_FOLDER);
            lock();
            write("holder", new Holder(ProcessHandle.current().pid(), processStart(), at, Optional.empty()).text());
        } catch (IOException e) {
            close();
            throw DiskFaults.explain(
                    e, "The data directory " + root + " cannot be used: " + DiskFaults.reason(e) + ".");
        }
    }

    private void lock() throws IOException {
        var path = root.resolve("lock");
        var channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE));
        lockFile = channel;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process through another object: answered like any other holder.
            lock = null;
        }
        if (lock == null) {
            channel.close();
            lockFile = null;
            throw inUse();
        }
    }

    private EsteiraException inUse() {
        var who = readHolder().map(Holder::sentence).orElse("another process");
        return new EsteiraException(
                StoreErrorCode.DATA_DIRECTORY_IN_USE,
                "The data directory " + root + " is held by " + who + ".",
                "Stop that process, send commands to it with --server, or name another directory with --data.");
    }

    /**
     * Says where the holder listens, for commands that look for a running server.
     *
     * @throws IllegalStateException when the folder is not held
     */
    public synchronized void announce(URI address) {
        if (lock == null) {
            throw new IllegalStateException("The data directory is not held");
        }
        var holder = readHolder().orElseThrow();
        save("holder", new Holder(holder.pid(), holder.processStart(), holder.since(), Optional.of(address)).text());
    }

    /** Who holds the folder, empty when nobody does. May be called without holding it. */
    public Optional<Holder> holder() {
        return readHolder().filter(Holder::alive);
    }

    private Optional<Holder> readHolder() {
        return read("holder").flatMap(Holder::parse);
    }

    /** The port on which the server of this folder listens every time, empty before its first start. */
    public OptionalInt port() {
        var text = read("port").map(String::strip).orElse("");
        if (!text.matches("\\d{1,5}")) {
            return OptionalInt.empty();
        }
        var port = Integer.parseInt(text);
        return port >= 1 && port <= PORT_MAX ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** Fixes the port for all later starts. */
    public void fixPort(int port) {
        save("port", Integer.toString(port));
    }

    /** The token that proves to the server that a caller may read this folder, empty when none was made yet. */
    public Optional<String> token() {
        var token = read("token").map(String::strip).filter(text -> !text.isEmpty());
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new EsteiraException(
                    StoreErrorCode.DATA_DIRECTORY_UNUSABLE,
                    "The file " + root.resolve("token") + " does not hold a token.",
                    "Remove it; the next start makes a new one.");
        }
        return token;
    }

    /** The same token, made when there is none; 256 bits in base 64 for URLs. */
    public synchronized String token(RandomGenerator random) {
        var present = token();
        if (present.isPresent()) {
            return present.get();
        }
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        save("token", token);
        return token;
    }

    /**
     * The name of the node that this folder makes its holder, the same for every holder and different from that of any
     * other folder; made when there is none.
     */
    public synchronized String node(IdSource ids) {
        var present = read("node").map(String::strip).filter(text -> !text.isEmpty());
        if (present.isPresent()) {
            return present.get();
        }
        var node = ids.next();
        save("node", node);
        return node;
    }

    /** Gives the folder back; no error when it was not held. */
    @Override
    public synchronized void close() {
        try {
            if (lock != null) {
                Files.deleteIfExists(root.resolve("holder"));
                lock.release();
            }
            if (lockFile != null) {
                lockFile.close();
            }
        } catch (IOException e) {
            throw DiskFaults.explain(
                    e, "The data directory " + root + " could not be given back: " + DiskFaults.reason(e) + ".");
        } finally {
            lock = null;
            lockFile = null;
        }
    }

    private static Instant processStart() {
        return ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFaults.explain(
                    e, "The file " + root.resolve(name) + " cannot be read: " + DiskFaults.reason(e) + ".");
        }
    }

    private void save(String name, String text) {
        try {
            write(name, text);
        } catch (IOException e) {
            throw DiskFaults.explain(
                    e, "The file " + root.resolve(name) + " cannot be written: " + DiskFaults.reason(e) + ".");
        }
    }

    /** Written whole or not at all, and never readable by others in between. */
    private void write(String name, String text) throws IOException {
        var part = Files.createTempFile(root, name, ".part", PosixFilePermissions.asFileAttribute(OWNER_FILE));
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
