package dev.esteira.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the place where output appears.
 *
 * @param out whether stdout is a terminal that understands colours
 * @param err whether stderr is one
 * @param width columns; the greatest number where lines may be as long as they like
 * @param height lines; the greatest number where there is no end
 */
record Screen(boolean out, boolean err, int width, int height) {

    /** No terminal at all: a file, a pipe, a test. */
    static final Screen NONE = new Screen(false, false, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final String USUAL = "24 80";
    private static final int LEAST_WIDTH = 40;
    private static final long PATIENCE_MS = 1000;

    /** The place of this process. */
    static Screen ofProcess(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM"))) {
            return NONE;
        }
        var out = isTerminal(1);
        var err = isTerminal(2);
        return out || err ? sized(out, err, environment) : NONE;
    }

    /** Whether a stream of this process is a terminal: where the system tells, else whether it has a console. */
    private static boolean isTerminal(int stream) {
        var link = Path.of("/proc/self/fd/" + stream);
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }

    private static Screen sized(boolean out, boolean err, Map<String, String> environment) {
        var asked = asked();
        var lines = number(asked.substring(0, asked.indexOf(' ')), Integer.MAX_VALUE);
        var columns = number(asked.substring(asked.indexOf(' ') + 1), LEAST_WIDTH * 2);
        var said = number(environment.getOrDefault("COLUMNS", ""), columns);
        return new Screen(out, err, Math.max(said, LEAST_WIDTH), lines);
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    /** The JDK does not know how large a terminal is; {@code stty} does. */
    private static String asked() {
        try {
            var stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            var answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return answer.matches("\\d+ \\d+") ? answer : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    Screen plain() {
        return new Screen(false, false, width, height);
    }
}
