package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.store.DataDirectory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EsteiraServerTest {

    @TempDir
    private Path folder;

    private ServerSettings settings(int port, ServerSettings.Manner manner) {
        return new ServerSettings(folder.resolve("data"), "127.0.0.1", OptionalInt.of(port), Optional.empty(), manner);
    }

    private static HttpResponse<String> get(URI address, String path, String... headers) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address.resolve(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String code(Runnable action) {
        try {
            action.run();
        } catch (EsteiraException e) {
            return e.code().name();
        }
        return "none";
    }

    @Test
    void answersAndGivesEverythingBack() throws Exception {
        var data = new DataDirectory(folder.resolve("data"));
        try (var server = new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE))) {
            server.start();
            assertThat(get(server.address(), "/health/ready").body()).contains("READY");
            assertThat(get(server.address(), "/health").body()).isEqualTo("OK");
            assertThat(get(server.address(), "/api/v1/pipeline-runs").body()).isEqualTo("{\"items\":[]}");
            assertThat(get(server.address(), "/openapi.json").body()).contains("/api/v1/pipeline-runs/{run}/events");
            assertThat(data.holder().orElseThrow().address()).contains(server.address());
        }
        assertThat(data.holder()).isEmpty();
        assertThat(Files.readString(data.logs().resolve("server.jsonl"))).contains("Esteira listens on");
    }

    @Test
    void listensOnTheSamePortAgain() {
        URI first;
        try (var server = new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE))) {
            server.start();
            first = server.address();
        }
        var again = ServerSettings.embedded(folder.resolve("data"), ServerSettings.Manner.EMBEDDED);
        try (var server = new EsteiraServer(again)) {
            server.start();
            assertThat(server.address()).isEqualTo(first);
        }
    }

    @Test
    void anEmbeddedServerAsksForTheTokenOfItsFolder() throws Exception {
        try (var server = new EsteiraServer(settings(0, ServerSettings.Manner.EMBEDDED_READER))) {
            server.start();
            assertThat(get(server.address(), "/api/v1/models").statusCode()).isEqualTo(401);
            var token = server.token().orElseThrow();
            assertThat(get(server.address(), "/api/v1/models", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSecondProcessOnTheFolderIsRefused() {
        try (var server = new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE))) {
            server.start();
            var second = new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE));
            assertThat(code(second::start)).isEqualTo("DATA_DIRECTORY_IN_USE");
            second.close();
        }
    }

    @Test
    void aPortInUseIsToldAndNothingStaysOpen() {
        try (var server = new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE))) {
            server.start();
            var port = server.address().getPort();
            var other = new ServerSettings(
                    folder.resolve("other"),
                    "127.0.0.1",
                    OptionalInt.of(port),
                    Optional.empty(),
                    ServerSettings.Manner.STANDALONE);
            assertThat(code(new EsteiraServer(other)::start)).isEqualTo("PORT_IN_USE");
            assertThat(new DataDirectory(folder.resolve("other")).holder()).isEmpty();
        }
    }

    @Test
    void listensOnLoopbackOnly() {
        var open = new ServerSettings(
                folder.resolve("data"),
                "0.0.0.0",
                OptionalInt.of(0),
                Optional.empty(),
                ServerSettings.Manner.STANDALONE);
        assertThat(code(new EsteiraServer(open)::start)).isEqualTo("NOT_LOOPBACK");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesAConfigurationKeyThatNothingKnows() throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("esteira.properties"), "engine.worker=2");
        assertThatThrownBy(() -> new EsteiraServer(settings(0, ServerSettings.Manner.STANDALONE)).start())
                .hasMessageContaining("engine.worker");
        assertThat(new DataDirectory(data).holder()).isEmpty();
    }
}
