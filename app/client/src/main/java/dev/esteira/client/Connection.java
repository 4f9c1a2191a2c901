package dev.esteira.client;

import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Ticker;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends requests to one server and reads answers and problems. Thread-safe. */
final class Connection implements AutoCloseable {

    @Limit("How long the command line waits for an answer.")
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(5);

    @Limit("How long the command line waits for a connection.")
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private static final long PAUSE_MS = 50;

    @Limit(value = "An answer that the command line reads into memory.", unit = "bytes")
    private static final int MAX_ANSWER = 256 << 20;

    private final ServerAddress address;
    private final Ticker ticker;
    private final HttpClient client;

    Connection(ServerAddress address, Ticker ticker) {
        this.address = address;
        this.ticker = ticker;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address.uri() + path))
                .header("Esteira-Workspace", address.workspace().value());
        address.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    Value get(String path) {
        return json(send(request(path).timeout(REQUEST_LIMIT).GET().build()));
    }

    Value post(String path, Value body, String idempotencyKey) {
        var request = request(path)
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        return json(send(request.build()));
    }

    Value put(String path, Value body) {
        var request = request(path)
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        return json(send(request.build()));
    }

    Value delete(String path) {
        return json(send(request(path).timeout(REQUEST_LIMIT).DELETE().build()));
    }

    /** Sends, again while nobody listens yet and patience lasts; a problem becomes an exception. */
    HttpResponse<InputStream> send(HttpRequest request) {
        var until = ticker.nanos() + address.patience().toNanos();
        while (true) {
            try {
                var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                if (response.statusCode() >= 400) {
                    throw problem(response);
                }
                return response;
            } catch (ConnectException e) {
                if (ticker.nanos() >= until) {
                    throw unreachable(e);
                }
                pause();
            } catch (HttpConnectTimeoutException e) {
                throw unreachable(e);
            } catch (IOException e) {
                throw lost(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    EsteiraException unreachable(Exception cause) {
        return new EsteiraException(
                ClientErrorCode.SERVER_UNREACHABLE,
                "No server answers at " + address.uri() + ".",
                "Start one with 'esteira server', or name another one with --server.",
                cause);
    }

    /** Whether the request was carried out is not known. */
    EsteiraException lost(IOException cause) {
        return new EsteiraException(
                ClientErrorCode.SERVER_LOST,
                "The connection to " + address.uri() + " broke before the whole answer came.",
                "Check that an Esteira server still runs there, and with 'esteira runs' whether what you asked was done.",
                cause);
    }

    private EsteiraException problem(HttpResponse<InputStream> response) throws IOException {
        var status = response.statusCode();
        var text = text(response);
        try {
            var problem = Json.parseFields(text);
            return new EsteiraException(
                    RemoteErrorCode.of(problem, status),
                    problem.text("detail").orElse("The server answered with status " + status + "."),
                    problem.text("remedy").orElse(""),
                    new ProblemDetails(problem));
        } catch (EsteiraException e) {
            return malformed("status " + status + " without a reason", e);
        }
    }

    private Value json(HttpResponse<InputStream> response) {
        try {
            var text = text(response);
            return text.isEmpty() ? Value.NOTHING : Json.parse(text, JsonLimits.DEFAULT.withMaxLength(MAX_ANSWER));
        } catch (EsteiraException e) {
            throw malformed("something that is not JSON", e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    String text(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            return new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
        }
    }

    EsteiraException malformed(String what, Exception cause) {
        return new EsteiraException(
                ClientErrorCode.MALFORMED_ANSWER,
                "The server at " + address.uri() + " answered with " + what + ".",
                "Check that an Esteira server of this version listens there.",
                cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
