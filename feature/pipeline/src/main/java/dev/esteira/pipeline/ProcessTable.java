package dev.esteira.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks processes up in Linux's {@code /proc}. */
final class ProcessTable {

    /**
     * A process that cannot be taken for a later one with the same number.
     *
     * @param startTicks since the machine was started
     * @param boot the id of that start
     */
    record Identity(long pid, long startTicks, String boot) {}

    private static final Path PROC = Path.of("/proc");
    private static final int START_TICKS_FIELD = 19;

    private ProcessTable() {}

    /** Reads what the shim wrote, empty when it wrote nothing yet. */
    static Optional<Identity> read(Path started) throws IOException {
        if (!Files.exists(started)) {
            return Optional.empty();
        }
        var parts = Files.readString(started).strip().split(" ", -1);
        return parts.length == 3
                ? Optional.of(new Identity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
                : Optional.empty();
    }

    /** Whether exactly that process lives; one that only waits to be reaped does not. */
    static boolean alive(Identity process) {
        try {
            if (!Files.readString(PROC.resolve("sys/kernel/random/boot_id"))
                    .strip()
                    .equals(process.boot())) {
                return false;
            }
            var stat =
                    Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return !fields[0].equals("Z") && Long.parseLong(fields[START_TICKS_FIELD]) == process.startTicks();
        } catch (IOException e) {
            return false;
        }
    }
}
