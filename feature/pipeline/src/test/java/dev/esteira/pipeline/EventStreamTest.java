package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {

    private static final String SLOW = """
              steps:
                a: {kind: make, text: one, sleep: 700}
                b: {kind: shell, script: "echo 1 >> progress; sleep 1; echo x > out", inputs: {x: "${{ steps.a.outputs.data }}"}}
            """;

    /** One server-sent event. */
    private record Sent(long id, String type, Value.Fields data) {}

    @TempDir
    private Path directory;

    private ServedEngine served;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEngine(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<String> stream(String run, String query, String... headers) throws Exception {
        var request = served.request("/api/v1/pipeline-runs/" + run + "/events" + query);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return served.send(request);
    }

    /** The events of a stream that ended, whose last one says so. */
    private static List<Sent> events(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        var blocks = response.body().split("\n\n");
        assertThat(blocks[0]).startsWith("retry: ");
        assertThat(blocks[blocks.length - 1]).isEqualTo("event: end\ndata: {}");
        var sent = new ArrayList<Sent>();
        Arrays.stream(blocks).skip(1).limit(blocks.length - 2L).forEach(block -> {
            var lines = block.split("\n");
            assertThat(lines).hasSize(3);
            sent.add(new Sent(
                    Long.parseLong(lines[0].substring("id: ".length())),
                    lines[1].substring("event: ".length()),
                    Json.parseFields(lines[2].substring("data: ".length()))));
        });
        return sent;
    }

    private static long[] ids(List<Sent> events) {
        return events.stream().mapToLong(Sent::id).toArray();
    }

    @Test
    void tellsARunFromItsFirstEventToItsEndAsItHappens() throws Exception {
        var run = served.submitted(SLOW);
        var events = events(stream(run, ""));
        assertThat(ids(events))
                .containsExactly(LongStream.rangeClosed(1, events.size()).toArray());
        assertThat(events.getFirst().data().fields("body").text("state")).contains("CREATED");
        assertThat(events.getLast().data().fields("body").text("state")).contains("SUCCEEDED");
        assertThat(events).extracting(Sent::type).contains("run", "step", "attempt", "progress");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.data().whole("seq")).contains(event.id());
            assertThat(event.data().text("type")).contains(event.type());
        });
    }

    @Test
    void goesOnAfterAnyEventWithoutGapOrRepetition() throws Exception {
        var run = served.ended(SLOW);
        var all = events(stream(run, ""));
        for (var after = 0; after <= all.size(); after++) {
            var rest = events(stream(run, "?after=" + after));
            assertThat(rest).isEqualTo(all.subList(after, all.size()));
        }
        var middle = all.size() / 2;
        assertThat(events(stream(run, "?after=1", "Last-Event-ID", Integer.toString(middle))))
                .as("what a browser says that comes back counts more than the address")
                .isEqualTo(all.subList(middle, all.size()));
    }

    @Test
    void aReaderThatComesBackInTheMiddleOfALiveRunMissesNothing() throws Exception {
        var run = served.submitted(SLOW);
        var first = served.engine().service().events(TestEngine.HERE, run, 0, Duration.ofSeconds(10));
        var seen = first.events().getLast().seq();
        var rest = events(stream(run, "?after=" + seen));
        assertThat(ids(rest))
                .containsExactly(
                        LongStream.rangeClosed(seen + 1, seen + rest.size()).toArray());
        assertThat(rest.getLast().data().fields("body").text("state")).contains("SUCCEEDED");
    }

    @Test
    void twoReadersSeeTheSame() throws Exception {
        var run = served.submitted(SLOW);
        var other = CompletableFuture.supplyAsync(() -> {
            try {
                return events(stream(run, ""));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(events(stream(run, ""))).isEqualTo(other.get());
    }
}
