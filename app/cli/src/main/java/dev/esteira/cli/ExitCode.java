package dev.esteira.cli;

/** What the process ends with. */
final class ExitCode {

    static final int YES = 0;
    /** Data, a check, a gate or a run said no. */
    static final int NO = 1;
    /** A file or an argument is malformed. */
    static final int MALFORMED = 2;

    static final int ENVIRONMENT = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
