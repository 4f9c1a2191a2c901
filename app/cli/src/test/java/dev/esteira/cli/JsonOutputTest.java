package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command with {@code --json} writes exactly one document to stdout, whether it succeeds or not. */
class JsonOutputTest {

    /** Those that other tests start as processes of their own, or that take the whole example. */
    private static final Set<String> ELSEWHERE = Set.of("server", "demo");

    @TempDir
    private Path folder;

    private final Set<String> tried = new HashSet<>();

    private Value.Fields document(int code, String... args) {
        var words = new ArrayList<>(List.of(args));
        tried.add(String.join(" ", words.subList(0, Set.of("data", "model").contains(args[0]) ? 2 : 1)));
        words.add("--json");
        var output = Output.of(
                Map.of("ESTEIRA_HOME", folder.resolve("data").toString(), "PATH", "/usr/bin:/bin"),
                words.toArray(String[]::new));
        assertThat(output.code).as("%s: %s", words, output.err()).isEqualTo(code);
        return Json.parseFields(output.out());
    }

    private static Set<String> commands() {
        var names = new TreeSet<String>();
        var root = CommandLines.of(new Output(Screen.NONE).terminal, Map.of());
        root.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                names.add(name);
            }
            command.getSubcommands().keySet().forEach(inner -> names.add(name + " " + inner));
        });
        names.removeAll(ELSEWHERE);
        return names;
    }

    @Test
    void everyCommandWritesOneDocument() throws IOException {
        var file = SmallPipeline.write(folder).toString();
        var rows = folder.resolve("rows.csv").toString();
        var run = document(0, "run", file);
        var id = run.text("id").orElseThrow();
        assertThat(document(0, "validate", file).flag("valid")).contains(true);
        assertThat(document(0, "plan", file).items("steps")).hasSize(2);
        assertThat(document(0, "runs").items("items")).hasSize(1);
        assertThat(document(0, "show", id).text("state")).contains("SUCCEEDED");
        assertThat(document(0, "logs", id).items("items")).isNotEmpty();
        assertThat(document(0, "logs", id, "split").items("lines")).hasSize(1);
        assertThat(document(0, "cancel", id).text("state")).contains("SUCCEEDED");
        assertThat(document(0, "resume", id).text("origin")).contains(id);
        assertThat(document(0, "explain", id, "split").text("outcome")).contains("RAN");
        assertThat(document(0, "why-waiting", id).items("items")).isEmpty();
        assertThat(document(0, "doctor").items("items")).isNotEmpty();
        assertThat(document(0, "version").text("version")).isPresent();
        assertThat(document(0, "completion", "fish").text("script")).isPresent();
        assertThat(document(0, "data", "profile", rows).whole("rows")).contains(20L);
        assertThat(document(0, "data", "list").items("items")).isNotEmpty();
        assertThat(document(1, "data", "diff", rows, id + "/rows/data").items("schema"))
                .isNotEmpty();
        assertThat(document(0, "data", "quarantine", id).items("items")).isEmpty();
        assertThat(document(0, "data", "history", "small").items("items")).isEmpty();
        var contract = Files.writeString(folder.resolve("c.yaml"), DataCommandTest.CONTRACT);
        assertThat(document(1, "data", "check", rows, "--contract", contract.toString())
                        .items("checks"))
                .hasSize(2);
        assertThat(document(0, "model", "list").items("items")).isEmpty();
        for (var words : List.of("show none", "compare none 1 2", "alias none champion 1", "export none 1 x")) {
            assertThat(document(2, ("model " + words).split(" ")).text("code").orElse(""))
                    .matches("MODEL_(VERSION_)?NOT_FOUND");
        }
        assertThat(tried).containsAll(commands());
    }
}
