package dev.esteira.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trainer as the server starts it: a process in a folder of its own. */
class TrainerMainTest {

    private static final String JOB = """
            {"params": {"objective": "OBJECTIVE", "nthread": 1}, "metrics": ["rmse"], "rounds": 3, "features": ["x"],
             "train": {"features": "train.features", "label": "train.label"}}""";

    @TempDir
    Path folder;

    @Test
    void aJobThatEndsWellLeavesItsResultsAndNoError() throws Exception {
        rows();
        Files.writeString(folder.resolve("job.json"), JOB.replace("OBJECTIVE", "reg:squarederror"));

        assertThat(start("train", "job.json")).isZero();
        assertThat(folder.resolve("model.ubj")).isNotEmptyFile();
        assertThat(Files.readAllLines(folder.resolve("progress"))).hasSize(3);
        assertThat(folder.resolve("error.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train | reg:nothing | TRAINER_REFUSED | CALLER | XGBoost refused: ",
                "learn | reg:squarederror | TRAINER_JOB_MALFORMED | ESTEIRA | It knows no verb 'learn'.",
            })
    void aJobThatFailsSaysWhyInAFileAndEndsWithOne(
            String verb, String objective, String code, String owner, String message) throws Exception {
        rows();
        Files.writeString(folder.resolve("job.json"), JOB.replace("OBJECTIVE", objective));

        assertThat(start(verb, "job.json")).isEqualTo(1);
        Value.Fields error = Json.parseFields(Files.readString(folder.resolve("error.json")));
        assertThat(error.text("code")).contains(code);
        assertThat(error.text("owner")).contains(owner);
        assertThat(error.text("message").orElseThrow()).startsWith(message).doesNotContain("\n");
        assertThat(error.text("remedy").orElseThrow()).isNotBlank();
    }

    private void rows() throws Exception {
        Matrix.ofColumns(4, List.of(new double[] {1, 2, 3, 4})).write(folder.resolve("train.features"));
        Matrix.ofColumns(4, List.of(new double[] {2, 4, 6, 8})).write(folder.resolve("train.label"));
    }

    private int start(String verb, String job) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainerMain.class.getName(),
                        verb,
                        job)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
    }
}
