package dev.esteira.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Page;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpServerTest {

    private static Route get(String path, Handler handler) {
        return Route.get(path, handler).access(Access.READ);
    }

    private static Value.Fields body(String text) {
        return Json.parseFields(text);
    }

    @Test
    void answersWithWhatTheHandlerMade() {
        try (var server = new TestServer(get(
                "/things/{id}",
                request -> Response.json(Value.ofFields(Map.of(
                        "id", Value.of(request.parameter("id")),
                        "by", Value.of(request.caller().name()),
                        "q", Value.ofTexts(request.queryAll("q")))))))) {
            var response = server.get("/things/a%20b%2Bc?q=1&q=x+y%26");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(body(response.body()).text("id")).contains("a b+c");
            assertThat(body(response.body()).text("by")).contains("tester");
            assertThat(body(response.body()).items("q")).containsExactly(Value.of("1"), Value.of("x y&"));
            assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void refusesToStartWithARouteThatNobodyDeclared() {
        assertThatThrownBy(() -> new TestServer(Route.get("/open", request -> Response.empty())))
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(HttpErrorCode.UNDECLARED_ROUTE));
    }

    @Test
    void refusesToStartWithTwoRoutesForOneAddress() {
        assertThatThrownBy(() -> new TestServer(
                        get("/a/{x}", request -> Response.empty()), get("/a/{y}", request -> Response.empty())))
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(HttpErrorCode.AMBIGUOUS_ROUTE));
    }

    @Test
    void tellsTheCodeAndTheRemedyOfAnError() {
        try (var server = new TestServer(get("/a", request -> {
            throw new EsteiraException(HttpErrorCode.FORBIDDEN, "Not yours.", "Ask.");
        }))) {
            var response = server.get("/a");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            var problem = body(response.body());
            assertThat(problem.text("code")).contains("FORBIDDEN");
            assertThat(problem.text("detail")).contains("Not yours.");
            assertThat(problem.text("remedy")).contains("Ask.");
            assertThat(problem.text("owner")).contains("CALLER");
        }
    }

    @Test
    void tellsNothingOfAnUnexpectedFault() {
        try (var server = new TestServer(get("/a", request -> {
            throw new IllegalStateException("secret in /etc/shadow");
        }))) {
            var response = server.get("/a");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("INTERNAL_ERROR").doesNotContain("secret", "shadow", "Illegal");
        }
    }

    @Test
    void errorsOfASurfaceLookItsWay() {
        var surface = new ErrorSurface(
                "/api/2.0/mlflow/",
                problem -> Response.json(
                        problem.code().status(),
                        Value.ofFields(
                                Map.of("error_code", Value.of(problem.code().name())))));
        try (var server =
                new TestServer(HttpSettings.Limits.DEFAULT, (request, access) -> Caller.ANONYMOUS, List.of(surface))) {
            assertThat(server.get("/api/2.0/mlflow/x").body()).isEqualTo("{\"error_code\":\"UNKNOWN_ADDRESS\"}");
            assertThat(server.get("/api/v1/x").body()).contains("about:blank");
        }
    }

    @Test
    void anUnknownAddressAndAnUnknownMethodAreToldApart() {
        try (var server = new TestServer(get("/a", request -> Response.text("hello")))) {
            assertThat(server.get("/b").statusCode()).isEqualTo(404);
            var wrong = server.send("DELETE", "/a", "");
            assertThat(wrong.statusCode()).isEqualTo(405);
            assertThat(wrong.headers().firstValue("Allow")).contains("GET");
            var head = server.send("HEAD", "/a", "");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(5);
        }
    }

    @Test
    void asksTheGuardBeforeTheHandlerRuns() {
        Guard guard = (request, access) -> {
            if (access == Access.OPEN) {
                return Caller.ANONYMOUS;
            }
            throw new EsteiraException(HttpErrorCode.UNAUTHENTICATED, "Who are you?", "");
        };
        try (var server = new TestServer(
                HttpSettings.Limits.DEFAULT, guard, List.of(), get("/a", request -> Response.text("secret")))) {
            assertThat(server.get("/a").statusCode()).isEqualTo(401);
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").body()).contains("READY");
        }
    }

    @Test
    void readsJsonOnlyWhenItIsCalledJson() {
        var route = Route.post("/a", request -> Response.json(request.fields())).access(Access.WRITE);
        try (var server = new TestServer(route)) {
            assertThat(server.post("/a", "{\"x\": 1}").body()).isEqualTo("{\"x\":1}");
            assertThat(server.send("POST", "/a", "{\"x\": 1}", "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(server.post("/a", "{\"x\": ").body()).contains("MALFORMED_JSON");
            assertThat(server.post("/a", "[1]").body()).contains("MALFORMED_REQUEST");
        }
    }

    @Test
    void refusesBodiesBeyondTheLimitWhetherTheySayTheirLengthOrNot() throws IOException {
        var route = Route.put(
                        "/a", request -> Response.text("" + request.stream().readAllBytes().length))
                .access(Access.WRITE)
                .bodyLimit(10);
        try (var server = new TestServer(route)) {
            assertThat(server.send("PUT", "/a", "1234567890").body()).isEqualTo("10");
            assertThat(server.send("PUT", "/a", "12345678901").statusCode()).isEqualTo(413);
            var chunked = server.raw(String.join(
                    "\r\n",
                    "PUT /a HTTP/1.1",
                    "Host: localhost",
                    "Transfer-Encoding: chunked",
                    "Connection: close",
                    "",
                    "b",
                    "12345678901",
                    "0",
                    "",
                    ""));
            assertThat(chunked).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void refusesHeadersBeyondTheLimit() throws IOException {
        try (var server = new TestServer(get("/a", request -> Response.text("x")))) {
            var answer = server.raw("GET /a HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(40_000)
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
            assertThat(server.get("/a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void givesOutPagesWithTokensThatOnlyTheirListReads() {
        var token = PageToken.encode("things", Value.ofFields(Map.of("last", Value.of("k7"))));
        var route = get("/things", request -> {
            var page = request.page("things");
            var last = page.after().flatMap(after -> after.text("last")).orElse("none");
            return Response.page(new Page<>(List.of(Value.of(page.size()), Value.of(last)), Optional.of(token)));
        });
        try (var server = new TestServer(route, get("/others", request -> {
            request.page("others");
            return Response.empty();
        }))) {
            assertThat(server.get("/things").body())
                    .isEqualTo("{\"items\":[50,\"none\"],\"nextPageToken\":\"" + token + "\"}");
            assertThat(server.get("/things?pageSize=3&pageToken=" + token).body())
                    .startsWith("{\"items\":[3,\"k7\"]");
            assertThat(server.get("/others?pageToken=" + token).body()).contains("MALFORMED_PAGE_TOKEN");
            assertThat(server.get("/others?pageToken=%FF").statusCode()).isEqualTo(400);
            assertThat(server.get("/others?pageSize=1001").statusCode()).isEqualTo(400);
            assertThat(server.get("/others?pageSize=0").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void changesNeedTheVersionTheyWereMadeFrom() {
        try (var server = new TestServer(
                get("/a", request -> Response.text("now").withEtag("v2")),
                Route.put("/a", request -> {
                            request.requireMatch("v2");
                            return Response.empty();
                        })
                        .access(Access.WRITE))) {
            assertThat(server.get("/a").headers().firstValue("ETag")).contains("\"v2\"");
            assertThat(server.get("/a", "If-None-Match", "\"v1\", W/\"v2\"").statusCode())
                    .isEqualTo(304);
            assertThat(server.send("PUT", "/a", "").statusCode()).isEqualTo(428);
            assertThat(server.send("PUT", "/a", "", "If-Match", "\"v1\"").statusCode())
                    .isEqualTo(412);
            assertThat(server.send("PUT", "/a", "", "If-Match", "\"v2\"").statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void anIdempotencyKeyStandsForOneRequest() {
        var route = Route.post("/a", request -> {
                    var key = request.idempotencyKey().orElseThrow();
                    return Response.json(
                            Value.of(key.value() + " " + key.request().hex()));
                })
                .access(Access.WRITE);
        try (var server = new TestServer(route)) {
            var first = server.post("/a", "{}", "Idempotency-Key", "k1").body();
            assertThat(server.post("/a", "{}", "Idempotency-Key", "k1").body()).isEqualTo(first);
            assertThat(server.post("/a", "{\"x\":1}", "Idempotency-Key", "k1").body())
                    .isNotEqualTo(first);
            assertThat(server.post("/a", "{}", "Idempotency-Key", "a b").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void tellsOnceWhatKeepsEventsFromComingAndThatItIsOver() {
        var asked = new AtomicInteger();
        EventFeed feed = (after, wait) -> {
            var count = asked.incrementAndGet();
            var obstacle = Optional.of(count)
                    .filter(number -> number == 2 || number == 3)
                    .map(number -> Value.of("full"));
            return new EventFeed.Batch(List.of(), count == 5, obstacle);
        };
        try (var server = new TestServer(get("/events", request -> Response.events(request.eventsAfter(), feed)))) {
            assertThat(server.get("/events").body())
                    .endsWith(
                            "event: obstacle\ndata: \"full\"\n\nevent: obstacle\ndata: {}\n\nevent: end\ndata: {}\n\n")
                    .containsOnlyOnce("full");
        }
    }

    @Test
    void sendsEventsAfterTheLastOneThatTheClientHas() {
        EventFeed feed = (after, wait) -> new EventFeed.Batch(
                after >= 3 ? List.of() : List.of(new EventFeed.Event(after + 1, "step", Value.of("e" + (after + 1)))),
                after >= 3,
                Optional.empty());
        try (var server = new TestServer(get("/events", request -> Response.events(request.eventsAfter(), feed)))) {
            var all = server.get("/events").body();
            assertThat(all)
                    .contains("id: 1\nevent: step\ndata: \"e1\"\n\n", "id: 3\n")
                    .endsWith("event: end\ndata: {}\n\n");
            assertThat(server.get("/events?after=2").body()).contains("id: 3").doesNotContain("id: 2\n");
            assertThat(server.get("/events?after=0", "Last-Event-ID", "2").body())
                    .doesNotContain("id: 1\n", "id: 2\n");
            assertThat(server.get("/events?after=-1").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aBodyThatBreaksOffDoesNotLookWhole() {
        var route = get(
                "/a",
                request -> Response.stream("text/plain", OptionalLong.empty(), out -> {
                    out.write("half".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    throw new IOException("disk gone");
                }));
        try (var server = new TestServer(route)) {
            assertThatThrownBy(() -> server.get("/a")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void uploadedContentIsSavedAndNeverShown() {
        var route =
                get("/a", request -> Response.download("ü \".html", OptionalLong.of(2), out -> out.write(new byte[2])));
        try (var server = new TestServer(route)) {
            var headers = server.get("/a").headers();
            assertThat(headers.firstValue("Content-Type")).contains("application/octet-stream");
            assertThat(headers.firstValue("Content-Disposition"))
                    .contains("attachment; filename*=UTF-8''%C3%BC%20%22.html");
            assertThat(headers.firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        }
    }

    @Test
    void answersAtMostSoManyRequestsAtOnce() throws InterruptedException {
        var limits = new HttpSettings.Limits(
                100, 1, 1, 8192, Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofSeconds(1));
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var route = get("/slow", request -> {
            inside.countDown();
            leave.await(10, TimeUnit.SECONDS);
            return Response.empty();
        });
        try (var server = new TestServer(limits, (request, access) -> Caller.ANONYMOUS, List.of(), route)) {
            var slow = Thread.ofVirtual().start(() -> server.get("/slow"));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            var refused = server.get("/slow");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("SERVER_OVERLOADED");
            leave.countDown();
            slow.join();
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStopLetsRequestsUnderWayEndAndEndsStreams() throws Exception {
        var inside = new CountDownLatch(2);
        EventFeed endless = (after, wait) -> {
            inside.countDown();
            Thread.sleep(60_000);
            return new EventFeed.Batch(List.of(), false, Optional.empty());
        };
        var server = new TestServer(
                get("/slow", request -> {
                    inside.countDown();
                    Thread.sleep(300);
                    return Response.text("done");
                }),
                get("/events", request -> Response.events(0, endless)));
        var answer = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> answer.complete(server.get("/slow").body()));
        Thread.ofVirtual().start(() -> {
            try {
                server.get("/events");
            } catch (UncheckedIOException e) {
                // The stream breaks off when the server stops.
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        var port = server.port();
        server.stop();
        assertThat(answer.get(1, TimeUnit.SECONDS)).isEqualTo("done");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        server.close();
    }

    @Test
    void saysWhoHoldsThePort() {
        try (var first = new TestServer()) {
            var settings = HttpSettings.loopback(first.port());
            var services = new HttpServices(List.of(), (request, access) -> Caller.ANONYMOUS, List.of(), List.of());
            var second = new HttpServer(settings, services, () -> "id", System::nanoTime);
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(
                            EsteiraException.class, e -> assertThat(e.code()).isEqualTo(HttpErrorCode.PORT_IN_USE));
            second.stop();
        }
    }

    @Test
    void describesItself() {
        try (var server =
                new TestServer(get("/a/{path*}", request -> Response.empty()).describedAs("Gives a file."))) {
            var document = body(server.get("/openapi.json").body());
            var operation = document.fields("paths").fields("/a/{path}").fields("get");
            assertThat(operation.text("summary")).contains("Gives a file.");
            assertThat(operation.text("x-access")).contains("READ");
            assertThat(document.fields("paths").entries().keySet()).contains("/health/live", "/openapi.json");
        }
    }
}
