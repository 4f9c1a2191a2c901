package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @TempDir
    private Path folder;

    @Test
    void loadsTheMigrationLibraryOnlyWhenAScriptHasToRun() throws Exception {
        assertThat(classesLoaded()).anyMatch(line -> line.contains("org.flywaydb."));
        assertThat(classesLoaded()).isNotEmpty().noneMatch(line -> line.contains("org.flywaydb."));
    }

    private List<String> classesLoaded() throws Exception {
        var log = folder.resolve("classes");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-Xlog:class+load:file=" + log + "::filecount=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartOnce.class.getName(),
                        folder.resolve("probe.db").toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Files.readAllLines(log);
    }
}
