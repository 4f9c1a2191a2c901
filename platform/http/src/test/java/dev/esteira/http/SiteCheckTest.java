package dev.esteira.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteCheckTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(
                Route.get("/a", request -> Response.text("answered")).access(Access.READ),
                Route.delete("/a", request -> Response.text("answered")).access(Access.WRITE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String ask(String method, String headers) throws IOException {
        return server.raw(method + " /a HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:5000",
                "127.0.0.1",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:80",
                "LOCALHOST:5000",
                "esteira.example.org:443"
            })
    void answersToItsOwnNames(String host) throws IOException {
        assertThat(ask("GET", "Host: " + host + "\r\n")).contains("200").contains("answered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "localhost.evil.example.com",
                "evil.example.com:5000",
                "127.0.0.1.nip.io",
                "0.0.0.0",
                "10.0.0.1",
                "localhost, evil.example.com",
                "localhost@evil.example.com",
                "localhost#",
                "localhost:5000:1",
                "[::2]",
                "2130706433",
                ".localhost"
            })
    void refusesEveryOtherHost(String host) throws IOException {
        assertThat(ask("GET", "Host: " + host + "\r\n")).doesNotContain("answered");
    }

    @Test
    void refusesARequestWithNoHostOrTwo() throws IOException {
        assertThat(ask("GET", "")).doesNotContain("answered");
        assertThat(ask("GET", "Host: localhost\r\nHost: evil.example.com\r\n")).doesNotContain("answered");
        assertThat(ask("GET", "Host: evil.example.com\r\nHost: localhost\r\n")).doesNotContain("answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void refusesPagesOfOtherSitesForEveryMethod(String method) throws IOException {
        var refused = new String[] {
            "https://evil.example.com",
            "http://localhost:3000",
            "http://localhost",
            "null",
            "http://127.0.0.1:5000",
            "file://"
        };
        for (var origin : refused) {
            assertThat(ask(method, "Host: localhost:5000\r\nOrigin: " + origin + "\r\n"))
                    .as(origin)
                    .contains("ORIGIN_REFUSED");
        }
        assertThat(ask(method, "Host: localhost:5000\r\nSec-Fetch-Site: cross-site\r\n"))
                .contains("ORIGIN_REFUSED");
    }

    @Test
    void answersItsOwnPagesAndThoseThatWereAllowed() throws IOException {
        assertThat(ask("DELETE", "Host: localhost:5000\r\nOrigin: http://localhost:5000\r\n"))
                .contains("answered");
        assertThat(ask("DELETE", "Host: localhost:5000\r\nOrigin: https://ok.example.org\r\n"))
                .contains("answered");
        assertThat(ask("GET", "Host: localhost:5000\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
                .contains("answered");
    }
}
