package dev.esteira.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what was opened and closes it in reverse order, all of it even when some fail. Used by one thread. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable part) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    void add(String name, AutoCloseable part) {
        parts.push(new Part(name, part));
    }

    void closeAll() {
        while (!parts.isEmpty()) {
            var next = parts.pop();
            try {
                next.part().close();
            } catch (Exception e) {
                LOG.error("Could not close {}", next.name(), e);
            }
        }
    }
}
