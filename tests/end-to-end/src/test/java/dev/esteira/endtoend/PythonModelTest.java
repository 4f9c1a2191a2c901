package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that a pipeline trained and registered on the JVM, loaded and asked in Python. */
@Tag("slow")
class PythonModelTest {

    private static final String FIT = "      fitOn: train\n";

    @TempDir
    Path folder;

    @Test
    void predictsInPythonWhatItPredictedInThePipeline() throws Exception {
        var pipeline = pipelineWithTransformedTestRows();
        try (var program = new Program(folder.resolve("home"));
                var server = ServerProcess.start(
                        folder, List.of("--data", program.data().toString()))) {
            // Finds the server by its data directory.
            var run = program.succeeds("run", pipeline.toString(), "-p", "rounds=40");
            var address = server.address().toString();
            Python.test(
                    folder, "test_pipeline_model.py", Map.of("MLFLOW_TRACKING_URI", address, "ESTEIRA_RUN", run.id()));
            assertThat(server.stop()).isZero();
        }
    }

    /** The flagship example, whose transform is applied to the test rows too: Python has no transform of its own. */
    private Path pipelineWithTransformedTestRows() throws Exception {
        var copy = new FlightsCopy(Files.createDirectory(folder.resolve("flights")));
        assertThat(Files.readString(copy.pipeline())).containsOnlyOnce(FIT);
        var test = "        test: \"${{ steps.split.outputs.test }}\"\n";
        copy.editPipeline(text -> text.replace(FIT, test + FIT));
        return copy.pipeline();
    }
}
