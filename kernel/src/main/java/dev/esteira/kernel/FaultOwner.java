package dev.esteira.kernel;

/** Who has to act so that an error goes away; the exit code of the command line follows from it. */
public enum FaultOwner {
    /** The data, a check, a gate or a verification said no. */
    DATA(1),
    /** A file, an argument or a request is malformed or asks for something that does not exist. */
    CALLER(2),
    /** The place where Esteira runs: disk, port, lock, network, memory, JDK. */
    ENVIRONMENT(3),
    /** Esteira itself: a fault to report. */
    ESTEIRA(3);

    private final int exitCode;

    FaultOwner(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a command that ends with such an error. */
    public int exitCode() {
        return exitCode;
    }
}
