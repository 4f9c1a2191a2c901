package dev.esteira.cli;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        var terminal = Terminal.ofProcess();
        var code = CommandLines.of(terminal, System.getenv()).execute(args);
        terminal.flush();
        ProcessEnd.now(code);
    }
}
