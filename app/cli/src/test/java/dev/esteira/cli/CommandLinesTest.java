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
import org.junit.jupiter.params.provider.ValueSource;

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
                .contains("explain", "data", "model", "doctor", "version", "completion", "--workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --profile", "data diff --all", "server --port", "explain RUN"})
    void helpTellsACommandsOwnOptionsFirst(String commandAndOwn) {
        var split = commandAndOwn.lastIndexOf(' ');
        var help = esteira((commandAndOwn.substring(0, split) + " --help").split(" "));
        assertThat(help.code).isZero();
        var parts = help.out().split("\nOptions of every command:\n");
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).contains(commandAndOwn.substring(split + 1));
        assertThat(parts[0].lines().filter(line -> line.strip().startsWith("--workspace")))
                .isEmpty();
        assertThat(parts[1])
                .contains(
                        "--server",
                        "--workspace",
                        "--data",
                        "--json",
                        "--quiet",
                        "--no-color",
                        "--debug",
                        "-h, --help");
    }

    @ParameterizedTest
    @CsvSource({
        "rnus,'Did you mean ''runs''?'",
        "runs --limt 3,'Did you mean ''--limit''?'",
        "completion fsh,'Did you mean ''fish''?'",
        "model alias a b,The version's number is missing",
        "model alias a b 1 --remove,needs no version",
        "run,Missing required parameter",
        "run a.yaml --seed x --server http://127.0.0.1:1,The seed 'x'",
        "show,Missing required parameter",
        "runs --limit 0,The limit 0",
        "runs --limit many,is not a whole number",
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
    void aFileThatIsNotThereGetsTheNearestOne() throws IOException {
        Files.writeString(home.resolve("flights.yaml"), "x: 1");
        var output = esteira("validate", home.resolve("flihgts.yaml").toString());
        assertThat(output.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(output.err()).contains("FILE_NOT_FOUND", "Did you mean '" + home.resolve("flights.yaml") + "'?");
    }

    @Test
    void anErrorIsOneDocumentToo() {
        var unknown = esteira("runs", "--json", "--server", "http://127.0.0.1:1");
        assertThat(Json.parseFields(unknown.out()).text("code")).contains("SERVER_UNREACHABLE");
        var malformed = esteira("runs", "--json", "--limt", "3");
        assertThat(Json.parseFields(malformed.out()).text("remedy"))
                .hasValueSatisfying(remedy -> assertThat(remedy).startsWith("Did you mean '--limit'?"));
        assertThat(malformed.code).isEqualTo(ExitCode.MALFORMED);
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
        assertThat(esteira("completion", "bash").out()).contains("complete -F", "_picocli_esteira_data_diff");
        assertThat(esteira("completion", "zsh").out()).contains("bashcompinit");
        assertThat(esteira("completion", "fish").out())
                .contains("complete -c esteira -f -n '__fish_use_subcommand' -a why-waiting")
                .contains(
                        "-n '__fish_seen_subcommand_from data; and __fish_seen_subcommand_from check' -l contract -r");
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
