package dev.esteira.cli;

import java.io.IOException;
import java.nio.file.Path;

/** How people start this program, for the commands that it proposes. */
final class Program {

    private Program() {}

    /** {@code esteira}, or what stood on the command line when the launcher was called. */
    static String name() {
        return System.getProperty("esteira.program", "esteira");
    }

    /** A path as one types it here: relative to the working directory where it lies below it. */
    static String path(Path path) {
        try {
            var here = Path.of("").toRealPath();
            var real = path.toRealPath();
            return (real.startsWith(here) ? here.relativize(real) : real).toString();
        } catch (IOException e) {
            return path.toString();
        }
    }
}
