package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same file and the same data give the same bytes wherever they run. */
@Tag("slow")
@ExtendWith(UndisturbedRun.Shared.class)
class ReproductionTest {

    @TempDir
    Path folder;

    @Test
    void everyArtifactIsTheSameInAnotherPlaceZoneAndLanguageAndWithOtherThreads(UndisturbedRun undisturbed)
            throws Exception {
        var elsewhere = Map.of(
                "TZ", "Pacific/Auckland",
                "LC_ALL", "tr_TR.UTF-8",
                "ESTEIRA_JAVA_OPTIONS", "-Duser.language=tr -Duser.country=TR",
                "ESTEIRA_ENGINE_WORKERS", "1",
                "ESTEIRA_ENGINE_THREADS", "4");
        try (var program = new Program(folder, elsewhere)) {
            var run = program.succeeds("run", UndisturbedRun.PIPELINE.toString(), "--no-cache");

            assertThat(run.ran()).isEqualTo(undisturbed.run().ran()).hasSize(13);
            assertThat(run.digests())
                    .hasSizeGreaterThan(20)
                    .isEqualTo(undisturbed.run().digests());
        }
    }
}
