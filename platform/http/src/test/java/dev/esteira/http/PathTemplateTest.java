package dev.esteira.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

    private static final Router ROUTER = new Router(List.of(Routes.of(
            "test",
            Route.get("/files/{path*}", request -> Response.empty()).access(Access.READ),
            Route.get("/things/{id}", request -> Response.empty()).access(Access.READ),
            Route.get("/things/new", request -> Response.empty()).access(Access.READ),
            Route.post("/things/{id}/stop", request -> Response.empty()).access(Access.WRITE),
            Route.get("/", request -> Response.empty()).access(Access.OPEN))));

    private static String found(Method method, String path) {
        return ROUTER.find(method, path) instanceof Router.Match.Found(var route, var parameters)
                ? route.path() + " " + parameters
                : "none";
    }

    @Test
    void literalsWinOverParameters() {
        assertThat(found(Method.GET, "/things/new")).isEqualTo("/things/new {}");
        assertThat(found(Method.GET, "/things/old")).isEqualTo("/things/{id} {id=old}");
        assertThat(found(Method.POST, "/things/new/stop")).isEqualTo("/things/{id}/stop {id=new}");
        assertThat(found(Method.GET, "/files/a/b%20c")).isEqualTo("/files/{path*} {path=a/b c}");
        assertThat(found(Method.GET, "/")).isEqualTo("/ {}");
        assertThat(found(Method.GET, "/things/")).isEqualTo("none");
        assertThat(found(Method.GET, "/files/a//b")).isEqualTo("none");
    }

    @Test
    void decodesOnce() {
        assertThat(found(Method.GET, "/things/a%252e")).isEqualTo("/things/{id} {id=a%2e}");
        assertThat(found(Method.GET, "/files/a%2fb")).isEqualTo("none");
        assertThatThrownBy(() -> found(Method.GET, "/things/%zz")).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> found(Method.GET, "/things/%ff")).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> found(Method.GET, "/things/%00")).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> found(Method.GET, "/things/%2e%2E")).isInstanceOf(EsteiraException.class);
        assertThatThrownBy(() -> found(Method.GET, "/files" + "/a".repeat(101))).isInstanceOf(EsteiraException.class);
    }

    /** Parts of paths that have fooled servers, glued together at random. */
    @Provide
    Arbitrary<String> hostilePaths() {
        var part = Arbitraries.of(
                "..",
                ".",
                "/",
                "\\",
                "%2e",
                "%2E%2e",
                "%2f",
                "%5c",
                "%252e%252e",
                "%252f",
                "a",
                "C:",
                "%00",
                "..;",
                "etc",
                "%c0%ae",
                "\u2024",
                "~",
                "%20",
                "%uff0e");
        return part.list().ofMinSize(1).ofMaxSize(8).map(parts -> "/files/" + String.join("", parts));
    }

    @Property(tries = 2000)
    void whateverTakesTheRestStaysBelowItsFolder(@ForAll("hostilePaths") String path) {
        try {
            if (ROUTER.find(Method.GET, path) instanceof Router.Match.Found(var route, var parameters)
                    && route.path().equals("/files/{path*}")) {
                var rest = parameters.get("path");
                var root = Path.of("/srv/root");
                assertThat(root.resolve(rest).normalize()).startsWithRaw(root);
                assertThat(rest).doesNotContain("\\").doesNotStartWith("/");
            }
        } catch (EsteiraException e) {
            assertThat(e.code()).isEqualTo(HttpErrorCode.MALFORMED_REQUEST);
        }
    }
}
