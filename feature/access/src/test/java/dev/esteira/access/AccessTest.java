package dev.esteira.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.http.Access;
import dev.esteira.http.Guard;
import dev.esteira.http.HttpServer;
import dev.esteira.http.HttpServices;
import dev.esteira.http.HttpSettings;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.EsteiraException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static String ask(Guard guard, String path, String... headers) throws Exception {
        var route = Route.get("/mine", request -> Response.text(request.caller().name()))
                .access(Access.OWNER);
        var services = new HttpServices(List.of(Routes.of("test", route)), guard, List.of(), List.of());
        var server = new HttpServer(HttpSettings.loopback(0), services, () -> "id", System::nanoTime);
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } finally {
            server.stop();
        }
    }

    @Test
    void theLocalUserOwnsALoopbackServer() throws Exception {
        assertThat(ask(new LocalOwnerGuard(), "/mine")).isEqualTo("200 local");
    }

    @Test
    void anEmbeddedServerAsksForItsToken() throws Exception {
        var guard = new TokenGuard(TOKEN);
        assertThat(ask(guard, "/mine"))
                .startsWith("401")
                .contains("UNAUTHENTICATED")
                .doesNotContain(TOKEN);
        assertThat(ask(guard, "/mine", "Authorization", "Bearer " + TOKEN)).isEqualTo("200 local");
        assertThat(ask(guard, "/mine", "Authorization", "bearer " + TOKEN)).isEqualTo("200 local");
        assertThat(ask(guard, "/mine", "Authorization", "Bearer x" + TOKEN)).startsWith("401");
        assertThat(ask(guard, "/mine", "Authorization", "Bearer ")).startsWith("401");
        assertThat(ask(guard, "/mine", "Authorization", "Basic " + TOKEN)).startsWith("401");
        assertThat(ask(guard, "/health/live")).startsWith("200");
    }

    @Test
    void aShortTokenIsNoToken() {
        assertThatThrownBy(() -> new TokenGuard("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void listensOnLoopback(String host) {
        assertThatCode(() -> LoopbackOnly.require(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "*", "192.168.1.5", "127.0.0.1.nip.io", "example.org", "0", "127.1"})
    void listensNowhereElse(String host) {
        assertThatThrownBy(() -> LoopbackOnly.require(host))
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(AccessErrorCode.NOT_LOOPBACK));
    }
}
