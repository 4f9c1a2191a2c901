package dev.esteira.http;

import dev.esteira.kernel.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A numbered stream of events that a client can take up again after any of them. The server asks for the next ones only
 * when it has sent the last ones, so a slow client holds no queue. Used by one thread.
 */
@FunctionalInterface
public interface EventFeed {

    /**
     * One event.
     *
     * @param sequence larger than that of the event before
     * @param type a word, e.g. {@code step}
     */
    record Event(long sequence, String type, Value data) {}

    /**
     * Some events.
     *
     * @param ended whether none will ever follow
     * @param obstacle what keeps others from coming, for as long as it does; sent as an event {@code obstacle} without
     *     a number, and as an empty one when it is over
     */
    record Batch(List<Event> events, boolean ended, Optional<Value> obstacle) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    /**
     * The events after a sequence number, in order; waits for one when there is none yet.
     *
     * @param after 0 from the start
     * @param wait how long to wait at most; the batch is empty then
     */
    Batch next(long after, Duration wait) throws InterruptedException;
}
