package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    @TempDir
    private Path home;

    private Output esteira(String... args) {
        return Output.of(Map.of("ESTEIRA_HOME", home.resolve("data").toString(), "PATH", "/usr/bin:/bin"), args);
    }

    @Test
    void profilesAFileWithoutAServer() throws IOException {
        var file = Files.writeString(home.resolve("a.csv"), "k,v\n1,x\n2,y\n3,\n");
        var output = esteira("data", "profile", file.toString(), "--json");
        assertThat(output.err()).isEmpty();
        assertThat(output.code).isZero();
        assertThat(Json.parseFields(output.out()).whole("rows")).contains(3L);
    }

    @Test
    void aFileCutShortIsTheCallersFault() throws IOException {
        var file = Files.writeString(home.resolve("a.parquet"), "PAR1");
        var output = esteira("data", "profile", file.toString());
        assertThat(output.code).isIn(ExitCode.NO, ExitCode.MALFORMED);
        assertThat(output.err()).contains("error").doesNotContain("\tat ");
    }
}
