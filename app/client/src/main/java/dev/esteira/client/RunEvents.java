package dev.esteira.client;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Follows server-sent events and comes back where it was when the connection breaks. Used by one thread. */
final class RunEvents {

    @Limit(value = "How often in a row following a run may be interrupted.", unit = "times")
    private static final int MOST_FAILURES = 60;

    private static final long PAUSE_MS = 500;

    private final Connection connection;
    private final String path;
    private final BiConsumer<Long, Value.Fields> listener;
    private final long until;
    private long last;
    private boolean ended;

    RunEvents(Connection connection, String path, long after, long until, BiConsumer<Long, Value.Fields> listener) {
        this.connection = connection;
        this.path = path;
        this.last = after;
        this.until = until;
        this.listener = listener;
    }

    /**
     * Returns when the feed has ended.
     *
     * @throws EsteiraException why the run cannot go on, or the server cannot be reached
     */
    void follow() throws InterruptedException {
        var failures = 0;
        while (!ended) {
            var before = last;
            try (var body = open()) {
                read(body);
            } catch (IOException e) {
                if (failures >= MOST_FAILURES) {
                    throw connection.unreachable(e);
                }
            } catch (EsteiraException e) {
                var away = e.code() == ClientErrorCode.SERVER_UNREACHABLE || e.code() == ClientErrorCode.SERVER_LOST;
                if (!away || failures >= MOST_FAILURES) {
                    throw e;
                }
            }
            failures = last > before ? 0 : failures + 1;
            if (!ended) {
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private InputStream open() {
        var request = connection.request(path + "?after=" + last).header("Accept", "text/event-stream");
        return connection.send(request.GET().build()).body();
    }

    private void read(InputStream body) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        var id = last;
        var type = "";
        var data = "";
        for (var line = reader.readLine(); line != null && !ended; line = reader.readLine()) {
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                deliver(type, id, data);
                data = "";
            }
        }
    }

    private void deliver(String type, long id, String data) {
        if (type.equals("end")) {
            ended = true;
        } else if (type.equals("obstacle")) {
            stopAt(Json.parseFields(data));
        } else if (id > last) {
            last = id;
            listener.accept(id, Json.parseFields(data));
            ended = id >= until;
        }
    }

    /** An obstacle without a code is one that has gone. */
    private static void stopAt(Value.Fields obstacle) {
        if (obstacle.text("code").isPresent()) {
            throw new EsteiraException(
                    RemoteErrorCode.of(obstacle, 503),
                    "The run stands still. " + obstacle.text("message").orElse(""),
                    obstacle.text("remedy").orElse(""));
        }
    }
}
