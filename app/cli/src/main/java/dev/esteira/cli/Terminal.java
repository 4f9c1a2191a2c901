package dev.esteira.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a command writes: answers to stdout, everything else to stderr. Thread-safe. */
final class Terminal {

    private final PrintWriter out;
    private final PrintWriter err;
    private volatile boolean ansi;
    private volatile boolean quiet;

    Terminal(OutputStream out, OutputStream err, boolean ansi) {
        this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.ansi = ansi;
    }

    static Terminal ofProcess() {
        var console = Optional.ofNullable(System.console());
        var terminal = console.filter(Console::isTerminal).isPresent() && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), terminal);
    }

    PrintWriter outWriter() {
        return out;
    }

    PrintWriter errWriter() {
        return err;
    }

    boolean ansi() {
        return ansi;
    }

    void plain() {
        ansi = false;
    }

    void quiet() {
        quiet = true;
    }

    /** A line of the answer. */
    synchronized void out(String line) {
        out.println(line);
        out.flush();
    }

    /** A line beside the answer; left out with {@code --quiet}. */
    synchronized void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /** Text without a line break beside the answer, for what is drawn over. */
    synchronized void draw(String text) {
        if (!quiet) {
            err.print(text);
            err.flush();
        }
    }

    /** An error: its code, what is wrong, what to do. */
    synchronized void problem(String code, String message, String remedy) {
        err.println(Style.RED.on("error " + code, ansi) + ": " + message);
        if (!remedy.isEmpty()) {
            err.println("  " + remedy);
        }
    }

    String styled(Style style, String text) {
        return style.on(text, ansi);
    }

    synchronized void flush() {
        out.flush();
        err.flush();
    }
}
