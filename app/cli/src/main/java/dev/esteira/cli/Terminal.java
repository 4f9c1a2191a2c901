package dev.esteira.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where a command writes: answers to stdout, everything else to stderr. Thread-safe. */
final class Terminal {

    private final PrintWriter out;
    private final PrintWriter err;
    private volatile Screen screen;
    private volatile boolean quiet;

    Terminal(OutputStream out, OutputStream err, Screen screen) {
        this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.screen = screen;
    }

    static Terminal ofProcess() {
        return new Terminal(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Screen.ofProcess(System.getenv()));
    }

    PrintWriter outWriter() {
        return out;
    }

    PrintWriter errWriter() {
        return err;
    }

    Screen screen() {
        return screen;
    }

    void plain() {
        screen = screen.plain();
    }

    void quiet() {
        quiet = true;
    }

    /** A line of the answer. */
    synchronized void out(String line) {
        out.println(line);
        out.flush();
    }

    /** A headline of the answer after an empty line. */
    void headline(String text) {
        out("");
        out(styled(Style.BOLD, text));
    }

    /** A table as the answer. */
    void out(Table table) {
        table.lines(screen.width(), this::styled).forEach(this::out);
    }

    /** A sentence of the answer, folded between words. */
    void sentence(String text) {
        Table.fold(text, Math.max(1, screen.width() - 2)).forEach(line -> out("  " + line));
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
        var head = "error " + code;
        var room = screen.err() ? screen.width() : Integer.MAX_VALUE;
        var lines = Table.fold(head + ": " + message, room);
        err.println(styledBeside(Style.RED, head)
                + lines.getFirst()
                        .substring(Math.min(head.length(), lines.getFirst().length())));
        lines.stream().skip(1).forEach(err::println);
        if (!remedy.isEmpty()) {
            Table.fold(remedy, Math.max(1, room - 2)).forEach(line -> err.println("  " + line));
        }
    }

    /** Text for {@link #out(String)}. */
    String styled(Style style, String text) {
        return style.on(text, screen.out());
    }

    /** Text for {@link #say} and {@link #draw}. */
    String styledBeside(Style style, String text) {
        return style.on(text, screen.err());
    }

    synchronized void flush() {
        out.flush();
        err.flush();
    }
}
