package dev.esteira.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private static final int ROWS = 2_000;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-05T08:00:00Z"));

    @TempDir
    Path folder;

    @BeforeEach
    void writeRows() throws Exception {
        for (var part : List.of("train", "validation")) {
            var signal = new double[ROWS];
            var noise = new double[ROWS];
            var label = new double[ROWS];
            for (var row = 0; row < ROWS; row++) {
                signal[row] = (row * 37 % 100) / 100.0;
                noise[row] = row % 13 == 0 ? Double.NaN : row * 53 % 97;
                label[row] = signal[row] + (row * (part.equals("train") ? 71 : 113) % 89) / 100.0 > 0.9 ? 1 : 0;
            }
            Matrix.ofColumns(ROWS, List.of(signal, noise)).write(folder.resolve(part + ".features"));
            Matrix.ofColumns(ROWS, List.of(label)).write(folder.resolve(part + ".label"));
        }
    }

    @Test
    void theModelOfTheBestRoundPredictsWhatItScored() throws Exception {
        train(200, 2);
        var metrics = Json.parseFields(Files.readString(folder.resolve("metrics.json")));
        var series = metrics.fields("series").items("validation-logloss");
        var best = Math.toIntExact(metrics.whole("bestRound").orElseThrow());

        assertThat(series).hasSizeLessThan(200);
        assertThat(series.get(best - 1).asNumber().orElseThrow())
                .isEqualTo(series.stream()
                        .mapToDouble(score -> score.asNumber().orElseThrow())
                        .min()
                        .orElseThrow());
        assertThat(Files.readAllLines(folder.resolve("progress"))).hasSize(series.size());

        predict();
        assertThat(logLoss()).isCloseTo(series.get(best - 1).asNumber().orElseThrow(), within(1e-5));
    }

    @Test
    void theSameJobGivesTheSameBytesWithOneThreadAndTwo() throws Exception {
        train(30, 1);
        var one = Files.readAllBytes(folder.resolve("model.ubj"));
        train(30, 2);

        assertThat(Files.readAllBytes(folder.resolve("model.ubj"))).isEqualTo(one);
    }

    @Test
    void whatTheLibraryRefusesIsSaidInItsOwnWordsWithoutItsStack() {
        assertThatThrownBy(() ->
                        run(job(5, 1).with("params", Value.Fields.EMPTY.with("objective", Value.of("binary:nothing")))))
                .isInstanceOfSatisfying(XGBoostError.class, error -> {
                    var refused = TrainerMain.refused(error);
                    assertThat(refused.explanation())
                            .startsWith("XGBoost refused: ")
                            .doesNotContain("0x");
                    assertThat(refused.code()).isEqualTo(TrainerErrorCode.TRAINER_REFUSED);
                });
    }

    @Test
    void scoresAreReadFromTheLibrarysLine() {
        assertThat(Scores.parse("[3]\ttrain-logloss:0.61234\tvalidation-error@0.7:0.25"))
                .containsEntry("train-logloss", 0.61234)
                .containsEntry("validation-error@0.7", 0.25);
    }

    @Test
    void aRoundThatIsNoBetterDoesNotCount() {
        var best =
                BestRound.none(false).after(0, 0.5, false).after(1, 0.4, false).after(2, 0.4, false);

        assertThat(best).isEqualTo(new BestRound(1, 0.4));
        assertThat(best.stale(3, 3)).isFalse();
        assertThat(best.stale(4, 3)).isTrue();
    }

    private void train(int rounds, int threads) throws Exception {
        run(job(rounds, threads));
    }

    private void run(Value.Fields job) throws Exception {
        new XgboostTraining(TrainingJob.of(job), folder, CLOCK).run();
    }

    private static Value.Fields job(int rounds, int threads) {
        return Json.parse("""
                {"params": {"objective": "binary:logistic", "eta": 0.3, "max_depth": 3, "subsample": 0.8, "seed": 7,
                            "nthread": %d},
                 "metrics": ["auc", "logloss"], "rounds": %d,
                 "earlyStopping": {"metric": "logloss", "rounds": 10, "maximise": false},
                 "features": ["signal", "noise"],
                 "train": {"features": "train.features", "label": "train.label"},
                 "validation": {"features": "validation.features", "label": "validation.label"}}""".formatted(threads, rounds)).asFields().orElseThrow();
    }

    private void predict() throws Exception {
        var job = Json.parse("{\"threads\": 1, \"models\": [{\"model\": \"" + folder.resolve("model.ubj")
                        + "\", \"features\": \"validation.features\", \"scores\": \"scores\"}]}")
                .asFields()
                .orElseThrow();
        XgboostPrediction.run(job, folder);
    }

    private double logLoss() throws Exception {
        var scores = Matrix.read(folder.resolve("scores")).cells();
        var labels = Matrix.read(folder.resolve("validation.label")).cells();
        var sum = 0.0;
        for (var row = 0; row < scores.length; row++) {
            sum -= labels[row] == 1 ? Math.log(scores[row]) : Math.log1p(-scores[row]);
        }
        return sum / scores.length;
    }
}
