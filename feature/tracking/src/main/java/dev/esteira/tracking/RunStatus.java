package dev.esteira.tracking;

import java.util.Arrays;
import java.util.Optional;

/** How far a run is. */
public enum RunStatus {
    RUNNING(1),
    SCHEDULED(2),
    FINISHED(3),
    FAILED(4),
    KILLED(5);

    private final int number;

    RunStatus(int number) {
        this.number = number;
    }

    /** The status of that name or MLflow number (1 to 5), empty when there is none. */
    public static Optional<RunStatus> of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text)
                        || Integer.toString(status.number).equals(text))
                .findFirst();
    }

    /** Whether the run has ended. */
    public boolean ended() {
        return this == FINISHED || this == FAILED || this == KILLED;
    }
}
