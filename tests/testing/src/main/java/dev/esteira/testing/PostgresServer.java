package dev.esteira.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server in a temporary folder, on a loopback port, run by an unprivileged user. It ends with the JVM
 * that started it, however that ends. A machine without PostgreSQL fails the test that asks for one. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "esteira";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** Starts a server; when the pipe from the JVM closes, the server ends, and with the server this. */
    private static final String KEEPER = "exec 3<&0; \"$@\" <&- 3<&- & server=$!;"
            + " { read -r _ <&3; kill -INT $server 2>/dev/null; } & watch=$!; wait $server; kill $watch 2>/dev/null";

    private static @Nullable PostgresServer shared;

    private final Path folder;
    private final Path programs;
    private final boolean durable;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Process keeper;

    private PostgresServer(boolean durable) {
        this.durable = durable;
        this.programs = programs();
        try {
            this.folder = Files.createTempDirectory("esteira-postgres");
            this.port = freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that all tests of this JVM share; it does not flush to disk. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = started(false);
        }
        return shared;
    }

    /** A server of one test's own that flushes to disk, so that it can be killed and started again. */
    public static PostgresServer durable() {
        return started(true);
    }

    private static PostgresServer started(boolean durable) {
        var server = new PostgresServer(durable);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-stop"));
        server.initialise();
        server.start();
        return server;
    }

    /** Makes an empty database and gives its address: {@code postgresql://user@127.0.0.1:port/name}. */
    public String freshDatabase() {
        var name = "t" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + name;
    }

    /** Runs a statement as the owner of the server. */
    public void execute(String sql) {
        try (var connection = DriverManager.getConnection(url(), USER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL refused: " + sql, e);
        }
    }

    /** Starts the server, also after {@link #kill}: then again and again while the killed one's workers still end. */
    public synchronized void start() {
        var end = System.nanoTime() + START_MAX.toNanos();
        launch();
        while (!awaitStart() && System.nanoTime() < end) {
            launch();
        }
        if (!answers()) {
            try {
                throw new AssertionError("PostgreSQL did not start:\n" + Files.readString(log()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void launch() {
        var command = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh"));
        command.addAll(asUnprivileged(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "max_connections=60",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "fsync=" + (durable ? "on" : "off"),
                "-c",
                "full_page_writes=" + (durable ? "on" : "off"),
                "-c",
                "synchronous_commit=" + (durable ? "on" : "off"))));
        try {
            keeper = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server and its workers at once, as a failing machine would. */
    public synchronized void kill() {
        var running = Objects.requireNonNull(keeper, "not started");
        // The keeper itself lives on for a moment and buries the server; a zombie would look like a running one.
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            running.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper = null;
    }

    /** Stops the server and removes its folder; no error when it is stopped already. */
    @Override
    public synchronized void close() {
        var running = keeper;
        if (running != null) {
            try {
                running.getOutputStream().close();
                if (!running.waitFor(20, TimeUnit.SECONDS)) {
                    running.descendants().forEach(ProcessHandle::destroyForcibly);
                    running.destroyForcibly();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            keeper = null;
        }
        removeFolder();
    }

    private void initialise() {
        try {
            if (runsAsRoot()) {
                run(List.of("chown", "-R", unprivilegedUser(), folder.toString()));
            }
            // An ICU locale sorts unlike bytes, so a query that forgets to say how it sorts is found out.
            run(asUnprivileged(List.of(
                    programs.resolve("initdb").toString(),
                    "-D",
                    data().toString(),
                    "-U",
                    USER,
                    "--auth=trust",
                    "--no-sync",
                    "--no-instructions",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--locale-provider=icu",
                    "--icu-locale=en-US")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(command.getFirst() + " failed:\n" + Files.readString(log()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while PostgreSQL was set up", e);
        }
    }

    /** False when it does not start, or not now because the one before it is not all gone. */
    private boolean awaitStart() {
        var attempts = START_MAX.toMillis() / 50;
        var running = Objects.requireNonNull(keeper);
        for (var attempt = 0L; attempt < attempts && running.isAlive(); attempt++) {
            if (answers()) {
                return true;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean answers() {
        try (var connection = DriverManager.getConnection(url(), USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void removeFolder() {
        if (Files.notExists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path programs() {
        try (var versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.<Path>of()) {
            var debian = versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
            return debian.or(PostgresServer::onPath)
                    .orElseThrow(() -> new AssertionError("This test needs PostgreSQL, and none is installed."
                            + " On Debian or Ubuntu: apt-get install postgresql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                .findFirst();
    }

    private static boolean runsAsRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String unprivilegedUser() throws IOException {
        try (var users = Files.lines(Path.of("/etc/passwd"))) {
            return users.anyMatch(line -> line.startsWith("postgres:")) ? "postgres" : "nobody";
        }
    }

    private static List<String> asUnprivileged(List<String> command) {
        if (!runsAsRoot()) {
            return command;
        }
        try {
            var whole = new ArrayList<>(
                    List.of("setpriv", "--reuid", unprivilegedUser(), "--regid", "nogroup", "--clear-groups", "--"));
            whole.addAll(command);
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
