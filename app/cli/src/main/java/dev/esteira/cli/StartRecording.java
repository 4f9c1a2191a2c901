package dev.esteira.cli;

/** Help and one command in one process: what the launcher records, so that later starts find it in the AOT cache. */
public final class StartRecording {

    private StartRecording() {}

    /** Prints help, runs the command and ends the process with the command's exit code. */
    public static void main(String[] args) {
        var terminal = Terminal.ofProcess();
        CommandLines.of(terminal, System.getenv()).execute("--help");
        var code = CommandLines.of(terminal, System.getenv()).execute(args);
        terminal.flush();
        System.exit(code);
    }
}
