package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of a step.
 *
 * @param number counts from 1; the fencing token
 * @param id unique for ever
 * @param log its log in the artifact store, once it has ended
 * @param usage what a child process used, as far as it was seen
 */
record Attempt(
        StepRef step,
        int number,
        String id,
        How how,
        AttemptState state,
        Value.Fields annotations,
        Optional<Failure> failure,
        Optional<Digest> log,
        Usage usage,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {

    /** In which way it is carried out; after a crash each is recovered in its own way. */
    enum How {
        INLINE,
        CHILD,
        OUTSIDE
    }

    /** What a process used. */
    record Usage(Optional<Duration> processor, Optional<Long> peakBytes) {

        static final Usage UNKNOWN = new Usage(Optional.empty(), Optional.empty());
    }

    /** How an attempt ended, for its row. */
    record End(
            AttemptState state,
            Value.Fields annotations,
            Optional<Failure> failure,
            Optional<ArtifactStore.Stored> log,
            Usage usage) {

        static End of(AttemptState state, Failure failure) {
            return new End(state, Value.Fields.EMPTY, Optional.of(failure), Optional.empty(), Usage.UNKNOWN);
        }
    }
}
