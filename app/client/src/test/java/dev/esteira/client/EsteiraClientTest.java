package dev.esteira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EsteiraClientTest {

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private EsteiraClient client() {
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var address = new ServerAddress(uri, Optional.of("secret"), new WorkspaceName("mine"), Duration.ZERO);
        return new EsteiraClient(address, System::nanoTime, () -> "key-1");
    }

    /** Answers one request after the other, all with the same status. */
    private void answer(String path, int status, String... bodies) {
        server.createContext(path, exchange -> {
            var headers = exchange.getRequestHeaders();
            asked.add(exchange.getRequestURI() + " " + headers.getFirst("Esteira-Workspace") + " "
                    + headers.getFirst("Authorization") + " " + headers.getFirst("Idempotency-Key"));
            var body = bodies[Math.min(asked.size(), bodies.length) - 1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Test
    void goesOnAfterTheLastEventWhenTheConnectionBreaks() throws InterruptedException {
        answer(
                "/api/v1/pipeline-runs/r1/events",
                200,
                "id: 1\nevent: step\ndata: {\"n\":1}\n\nid: 2\nevent: step\ndata: {\"n\"",
                "id: 2\nevent: step\ndata: {\"n\":2}\n\nevent: end\ndata: {}\n\n");
        var seen = new ArrayList<String>();
        try (var client = client()) {
            client.follow(
                    "r1",
                    0,
                    (sequence, event) ->
                            seen.add(sequence + "=" + event.whole("n").orElseThrow()));
        }
        assertThat(seen).containsExactly("1=1", "2=2");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).contains("after=0");
        assertThat(asked.get(1)).contains("after=1");
    }

    @Test
    void tellsTheServersErrorAsItsOwn() {
        answer(
                "/api/v1/x",
                409,
                "{\"code\":\"TAKEN\",\"owner\":\"DATA\",\"detail\":\"It is taken.\",\"remedy\":\"Wait.\"}");
        try (var client = client()) {
            assertThatThrownBy(() -> client.get("/api/v1/x")).isInstanceOfSatisfying(EsteiraException.class, e -> {
                assertThat(e.code().name()).isEqualTo("TAKEN");
                assertThat(e.code().owner()).isEqualTo(FaultOwner.DATA);
                assertThat(e.explanation()).isEqualTo("It is taken.");
                assertThat(e.remedy()).contains("Wait.");
                assertThat(e.getCause()).isInstanceOf(ProblemDetails.class);
            });
        }
        assertThat(asked).containsExactly("/api/v1/x mine Bearer secret null");
    }

    @Test
    void anAnswerThatIsNoJsonIsNoServerOfOurs() {
        answer("/", 200, "<html>");
        try (var client = client()) {
            assertThatThrownBy(() -> client.get("/api/v1/x"))
                    .isInstanceOfSatisfying(
                            EsteiraException.class,
                            e -> assertThat(e.code()).isEqualTo(ClientErrorCode.MALFORMED_ANSWER));
        }
    }

    @Test
    void fetchesFilesWhateverTheyAreCalled() throws IOException {
        answer("/", 200, "rows");
        var tree = Digest.ofText("x");
        var out = new ByteArrayOutputStream();
        try (var client = client()) {
            client.artifactFile(tree, "a folder/50 % of é?.csv", out);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("rows");
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("/api/v1/artifacts/" + tree + "/files/a%20folder/50%20%25%20of%20%C3%A9%3F.csv ");
    }

    @Test
    void readsListsToTheirEnd() {
        answer(
                "/api/v1/things",
                200,
                "{\"items\":[{\"id\":\"a\"}],\"nextPageToken\":\"t\"}",
                "{\"items\":[{\"id\":\"b\"}]}");
        try (var client = client()) {
            assertThat(client.list("/api/v1/things", 10).stream()
                            .map(item -> item.text("id").orElseThrow()))
                    .containsExactly("a", "b");
        }
        assertThat(asked.get(1)).contains("pageToken=t");
    }

    @Test
    void whatCreatesMayBeSentAgain() {
        answer("/api/v1/things", 201, "{\"id\":\"a\"}");
        try (var client = client()) {
            client.post("/api/v1/things", Value.Fields.EMPTY);
        }
        assertThat(asked).containsExactly("/api/v1/things mine Bearer secret key-1");
    }
}
