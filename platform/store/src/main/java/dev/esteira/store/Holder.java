package dev.esteira.store;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The process that holds a data directory.
 *
 * @param pid its number
 * @param processStart when the machine says it started; the epoch where the machine does not say
 * @param since when it took hold
 * @param address where it listens, empty before it does
 */
public record Holder(long pid, Instant processStart, Instant since, Optional<URI> address) {

    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** Whether that very process still runs, as far as this machine can tell. */
    public boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::sameStart)
                .isPresent();
    }

    private boolean sameStart(ProcessHandle process) {
        return processStart.equals(Instant.EPOCH)
                || process.info()
                        .startInstant()
                        .map(start ->
                                Duration.between(start, processStart).abs().compareTo(START_TOLERANCE) <= 0)
                        .orElse(true);
    }

    /** For a sentence, e.g. "process 4711 since 2026-01-31T10:00:00Z, which listens on http://127.0.0.1:5000". */
    String sentence() {
        return "process " + pid + " since " + since.truncatedTo(ChronoUnit.SECONDS)
                + address.map(uri -> ", which listens on " + uri).orElse("");
    }

    String text() {
        return String.join(
                "\n",
                Long.toString(pid),
                processStart.toString(),
                since.toString(),
                address.map(URI::toString).orElse(""),
                "");
    }

    /** Reads the file; empty when it is not one, e.g. made by hand. */
    static Optional<Holder> parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Holder(
                    Long.parseLong(lines[0]),
                    Instant.parse(lines[1]),
                    Instant.parse(lines[2]),
                    lines[3].isEmpty() ? Optional.empty() : Optional.of(URI.create(lines[3]))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
