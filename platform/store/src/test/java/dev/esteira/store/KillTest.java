package dev.esteira.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 700})
    void everythingAcknowledgedIsThereAfterAKill(int acknowledgedBefore) throws Exception {
        var file = folder.resolve("probe.db");
        var child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var acknowledged = new ArrayList<Long>();
        try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (acknowledged.size() == acknowledgedBefore) {
                    // The handle leaves the pipe open, so that what was printed before is read.
                    child.toHandle().destroyForcibly();
                }
                if (line.matches("\\d+")) {
                    acknowledged.add(Long.parseLong(line));
                }
            }
        }
        child.waitFor();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(acknowledgedBefore);
        try (var database = Database.sqlite(file, Probes.CHAIN)) {
            database.start();
            var kept = database.read(tx -> tx.query("SELECT id FROM probe", row -> row.whole("id")));
            // The last line may have been cut in the pipe, so it may name a shorter number, which is there too.
            assertThat(kept).containsAll(acknowledged).doesNotHaveDuplicates();
        }
    }
}
