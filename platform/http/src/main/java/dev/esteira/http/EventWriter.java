package dev.esteira.http;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Writes server-sent events until the feed or the server ends, or the client is gone. */
final class EventWriter {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int SILENT_WAITS_BEFORE_COMMENT = 10;

    private final EventFeed feed;
    private final BooleanSupplier stopping;

    EventWriter(EventFeed feed, BooleanSupplier stopping) {
        this.feed = feed;
        this.stopping = stopping;
    }

    void writeTo(OutputStream out, long after) throws IOException, InterruptedException {
        write(out, "retry: 1000\n\n");
        var last = after;
        var silent = 0;
        var obstacle = Optional.<Value>empty();
        while (!stopping.getAsBoolean()) {
            var batch = feed.next(last, WAIT);
            if (!batch.events().isEmpty()) {
                write(out, text(batch));
                last = batch.events().getLast().sequence();
                silent = 0;
            } else if (++silent % SILENT_WAITS_BEFORE_COMMENT == 0) {
                write(out, ": still here\n\n");
            }
            if (!batch.obstacle().equals(obstacle)) {
                obstacle = batch.obstacle();
                write(out, "event: obstacle\ndata: " + Json.text(obstacle.orElse(Value.Fields.EMPTY)) + "\n\n");
            }
            if (batch.ended()) {
                write(out, "event: end\ndata: {}\n\n");
                return;
            }
        }
    }

    private static String text(EventFeed.Batch batch) {
        var text = new StringBuilder();
        for (var event : batch.events()) {
            text.append("id: ").append(event.sequence()).append('\n');
            text.append("event: ").append(event.type()).append('\n');
            text.append("data: ").append(Json.text(event.data())).append("\n\n");
        }
        return text.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
