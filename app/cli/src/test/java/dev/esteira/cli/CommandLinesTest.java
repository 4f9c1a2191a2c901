package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLinesTest {

    @TempDir
    private Path home;

    private Output esteira(String... args) {
        return Output.of(Map.of("ESTEIRA_HOME", home.resolve("data").toString(), "PATH", "/usr/bin"), args);
    }

    @Test
    void helpNamesEveryCommand() {
        var help = esteira("--help");
        assertThat(help.code).isZero();
        assertThat(help.out())
                .contains("demo", "server", "run", "validate", "plan", "runs", "show", "logs", "cancel", "resume")
                .contains("explain", "data", "model", "doctor", "version", "generate-completion", "--workspace");
    }

    @ParameterizedTest
    @CsvSource({
        "runz,'Did you mean ''run''?'",
        "run,Missing required parameter",
        "run a.yaml --seed x --server http://127.0.0.1:1,The seed 'x'",
        "show,Missing required parameter",
        "runs --limit 0,The limit 0",
        "runs --limit many,Invalid value for option '--limit'",
        "server --port 70000,The port 70000",
        "server --host 0.0.0.0,The server would listen on '0.0.0.0'",
        "runs --server nonsense,'nonsense' is not the address of a server",
        "runs --server http://host/path,is not the address of a server",
        "runs --workspace A!,'A!' is not a workspace name",
        "data,A command of 'data' is missing",
        "run /does/not/exist.yaml,There is no file /does/not/exist.yaml",
        "model alias a b c,Invalid value"
    })
    void malformedArgumentsEndWithTwo(String line, String said) throws IOException {
        Files.writeString(home.resolve("a.yaml"), "x: 1");
        var output = esteira(
                line.replace("a.yaml", home.resolve("a.yaml").toString()).split(" "));
        assertThat(output.err()).contains(said.replace("''", "'")).doesNotContain("\tat ");
        assertThat(output.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(output.out()).isEmpty();
    }

    @Test
    void anUnreachableServerEndsWithThree() {
        var output = esteira("runs", "--server", "http://127.0.0.1:1");
        assertThat(output.code).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(output.err()).contains("SERVER_UNREACHABLE", "http://127.0.0.1:1", "esteira server");
    }

    @Test
    void debugShowsWhereAnErrorComesFrom() {
        var output = esteira("runs", "--server", "http://127.0.0.1:1", "--debug");
        assertThat(output.err()).contains("\tat dev.esteira");
    }

    @Test
    void detachNeedsAServerThatGoesOn() throws IOException {
        var file = Files.writeString(home.resolve("a.yaml"), "x: 1");
        var output = esteira("run", file.toString(), "--detach");
        assertThat(output.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(output.err()).contains("DETACH_WITHOUT_SERVER");
    }

    @Test
    void versionIsOneJsonDocument() {
        var output = esteira("version", "--json");
        assertThat(output.code).isZero();
        assertThat(Json.parseFields(output.out()).text("version")).isPresent();
        assertThat(output.err()).isEmpty();
    }

    @Test
    void doctorSaysForEachThingWhatToDo() {
        var output = esteira("doctor", "--json");
        var items = Json.parseFields(output.out()).items("items");
        assertThat(items).hasSizeGreaterThan(8).allSatisfy(item -> {
            var fields = item.asFields().orElseThrow();
            assertThat(fields.text("state").orElseThrow()).isIn("OK", "WARN", "FAIL");
            assertThat(fields.text("remedy").orElseThrow().isEmpty())
                    .isEqualTo(fields.text("state").orElseThrow().equals("OK"));
        });
    }

    @Test
    void doctorFailsWhereNothingCanBeWritten() throws IOException {
        var file = Files.writeString(home.resolve("file"), "");
        var output = esteira("doctor", "--data", file.toString());
        assertThat(output.code).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(output.out()).contains("fail  data directory:", "--data");
    }

    @Test
    void completionIsAScript() {
        assertThat(esteira("generate-completion").out()).contains("complete").contains("_picocli_esteira_run");
    }

    @Test
    void aReadingCommandStartsAServerOfItsOwn() {
        var models = esteira("model", "list", "--json");
        assertThat(models.err()).isEmpty();
        assertThat(models.code).isZero();
        assertThat(Json.parseFields(models.out()).items("items")).isEmpty();
        assertThat(home.resolve("data/token")).exists();
        var missing = esteira("model", "show", "none");
        assertThat(missing.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(missing.err()).contains("none");
    }
}
