package dev.esteira.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.esteira.kernel.Value;
import dev.esteira.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Examines the machine and the data directory; changes nothing. */
final class Doctor {

    private static final long GIB = 1L << 30;

    private final Path data;
    private final Map<String, String> environment;
    private final List<Finding> findings = new ArrayList<>();

    enum Grade {
        OK,
        WARN,
        FAIL
    }

    /** @param remedy what to do, empty when nothing */
    record Finding(String name, Grade grade, String observed, String remedy) {

        Value value() {
            var fields = new LinkedHashMap<String, Value>();
            fields.put("id", Value.of(name));
            fields.put("state", Value.of(grade.name()));
            fields.put("observed", Value.of(observed));
            fields.put("remedy", Value.of(remedy));
            return Value.ofFields(fields);
        }
    }

    Doctor(Path data, Map<String, String> environment) {
        this.data = data.toAbsolutePath();
        this.environment = environment;
    }

    List<Finding> examine() {
        java();
        memory();
        disk();
        dataDirectory();
        if (!Files.exists(data) || Files.isDirectory(data)) {
            server();
        }
        natives();
        program("python3", "Python steps need Python 3.10 or later.");
        program("uv", "Python environments are made with venv and pip without it, more slowly.");
        program("setsid", "Steps in processes of their own need it; install util-linux.");
        process();
        return List.copyOf(findings);
    }

    private void add(String name, Grade grade, String observed, String remedy) {
        findings.add(new Finding(name, grade, observed, grade == Grade.OK ? "" : remedy));
    }

    private void java() {
        var feature = Runtime.version().feature();
        add("jdk", feature >= 25 ? Grade.OK : Grade.FAIL, "Java " + Runtime.version(), "Install a JDK 25.");
    }

    private void memory() {
        var total = totalMemory();
        var text = String.format(Locale.ROOT, "%.1f GiB", (double) total / GIB);
        add("memory", total >= 4 * GIB ? Grade.OK : Grade.WARN, text, "4 GiB are enough for the examples.");
    }

    private static long totalMemory() {
        var bean = ManagementFactory.getOperatingSystemMXBean();
        return bean instanceof OperatingSystemMXBean machine ? machine.getTotalMemorySize() : 0;
    }

    private void disk() {
        var place = data;
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        try {
            var free = Files.getFileStore(place).getUsableSpace();
            var text = String.format(Locale.ROOT, "%.1f GiB free at %s", (double) free / GIB, place);
            var grade = free >= 2 * GIB ? Grade.OK : free >= GIB / 4 ? Grade.WARN : Grade.FAIL;
            add("disk", grade, text, "Make room, or choose another data directory with --data.");
        } catch (IOException e) {
            add("disk", Grade.FAIL, place + " cannot be examined", "Check the path and its rights.");
        }
    }

    private void dataDirectory() {
        if (!Files.exists(data)) {
            add("data directory", Grade.OK, data + " will be made at the first start", "");
            return;
        }
        if (!Files.isDirectory(data) || !Files.isWritable(data)) {
            add("data directory", Grade.FAIL, data + " cannot be written", "Choose another one with --data.");
            return;
        }
        try {
            var rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
            var grade = rights.endsWith("------") ? Grade.OK : Grade.WARN;
            add("data directory", grade, data + " (" + rights + ")", "Keep others out: chmod 700 " + data + ".");
        } catch (IOException | UnsupportedOperationException e) {
            add("data directory", Grade.WARN, data + " has no Unix rights", "Choose a local Unix file system.");
        }
    }

    private void server() {
        var running = RunningServer.on(data);
        if (running.isPresent()) {
            add("server", Grade.OK, "runs at " + running.get().address(), "");
            return;
        }
        var port = RunningServer.port(data).orElse(5000);
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            add("port", Grade.OK, probe.getLocalPort() + " is free", "");
        } catch (IOException e) {
            add("port", Grade.WARN, port + " is in use by another program", "Choose another with --port.");
        }
    }

    private void natives() {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Predicate<String> known = name -> name.matches("(Linux|Mac OS X) (amd64|x86_64|aarch64)");
        add(
                "native libraries",
                known.test(system) ? Grade.OK : Grade.WARN,
                system,
                "SQLite, DuckDB and XGBoost are tested on Linux and macOS, x86-64 and ARM 64.");
    }

    private void program(String name, String remedy) {
        for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                add(name, Grade.OK, Path.of(folder, name).toString(), "");
                return;
            }
        }
        add(name, Grade.WARN, "is not on the PATH", remedy);
    }

    private void process() {
        var first = ProcessHandle.current().pid() == 1;
        add(
                "process",
                first ? Grade.WARN : Grade.OK,
                first ? "is process 1 of a container" : "is not process 1",
                "Steps in processes of their own end with a container: after a restart they run again.");
    }
}
