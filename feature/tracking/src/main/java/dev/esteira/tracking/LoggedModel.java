package dev.esteira.tracking;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model that a client logged, ready or still on its way.
 *
 * @param id {@code m-} and 32 hexadecimal digits
 * @param modelType as the client says, possibly empty
 * @param sourceRunId possibly empty
 * @param metrics that runs logged for it, the latest of each key
 */
public record LoggedModel(
        String id,
        long experimentId,
        String name,
        String modelType,
        String sourceRunId,
        Status status,
        String statusMessage,
        String artifactUri,
        List<Param> params,
        List<Tag> tags,
        List<ModelMetric> metrics,
        Instant created,
        Instant changed) {

    /** Whether all its files have arrived; the numbers are MLflow's. */
    public enum Status {
        UNSPECIFIED(0),
        PENDING(1),
        READY(2),
        FAILED(3);

        private final int number;

        Status(int number) {
            this.number = number;
        }

        /** MLflow's name, e.g. {@code LOGGED_MODEL_READY}. */
        public String text() {
            return this == UNSPECIFIED
                    ? "LOGGED_MODEL_STATUS_UNSPECIFIED"
                    : "LOGGED_MODEL_" + (this == FAILED ? "UPLOAD_FAILED" : name());
        }

        static Optional<Status> of(String text) {
            return Arrays.stream(values())
                    .filter(status -> status.text().equals(text)
                            || Integer.toString(status.number).equals(text))
                    .findFirst();
        }
    }

    public LoggedModel {
        params = List.copyOf(params);
        tags = List.copyOf(tags);
        metrics = List.copyOf(metrics);
    }
}
