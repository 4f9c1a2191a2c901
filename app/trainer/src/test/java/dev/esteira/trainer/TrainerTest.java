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

    @Test
    void theScoresOfARoundHonourTheWeights() throws Exception {
        for (var part : List.of("train", "validation")) {
            var weights = new double[ROWS];
            for (var row = 0; row < ROWS; row++) {
                weights[row] = row % 4 == 0 ? 0 : row % 5;
            }
            Matrix.ofColumns(ROWS, List.of(weights)).write(folder.resolve(part + ".weight"));
        }
        var weighted = job(40, 1)
                .with("train", part("train").with("weight", Value.of("train.weight")))
                .with("validation", part("validation").with("weight", Value.of("validation.weight")));
        run(weighted);
        var series = series("validation-logloss");
        var best = bestRound();
        var plain = Files.readAllBytes(folder.resolve("model.ubj"));

        predict();
        assertThat(logLoss("validation.weight")).isCloseTo(series.get(best - 1), within(1e-5));
        run(job(40, 1));
        assertThat(Files.readAllBytes(folder.resolve("model.ubj"))).isNotEqualTo(plain);
    }

    @Test
    void aNumberIsPredictedWithinItsNoise() throws Exception {
        for (var part : List.of("train", "validation")) {
            var features = Matrix.read(folder.resolve(part + ".features"));
            var label = new double[ROWS];
            for (var row = 0; row < ROWS; row++) {
                label[row] = 100 + 30 * features.cell(row, 0) + row * 7 % 11 / 11.0;
            }
            Matrix.ofColumns(ROWS, List.of(label)).write(folder.resolve(part + ".label"));
        }
        run(job(200, 2)
                .with("params", Json.parse("{\"objective\": \"reg:squarederror\", \"eta\": 0.3, \"nthread\": 2}"))
                .with("metrics", Value.ofTexts(List.of("rmse", "mae")))
                .with("earlyStopping", Json.parse("{\"metric\": \"rmse\", \"rounds\": 10, \"maximise\": false}")));

        predict();
        var scores = Matrix.read(folder.resolve("scores")).cells();
        var labels = Matrix.read(folder.resolve("validation.label")).cells();
        var sum = 0.0;
        for (var row = 0; row < ROWS; row++) {
            sum += (scores[row] - labels[row]) * (double) (scores[row] - labels[row]);
        }
        assertThat(Math.sqrt(sum / ROWS))
                .isLessThan(0.5)
                .isCloseTo(series("validation-rmse").get(bestRound() - 1), within(1e-4));
    }

    @Test
    void withoutEarlyStoppingTheLastRoundCounts() throws Exception {
        var job = job(7, 1).without("earlyStopping").without("validation");
        run(job);

        assertThat(bestRound()).isEqualTo(7);
        assertThat(series("train-logloss")).hasSize(7);
        predict();
    }

    @Test
    void aListOfConstraintsReachesTheLibrary() throws Exception {
        var params =
                Json.parse("{\"objective\": \"binary:logistic\", \"monotone_constraints\": [-1, 0], \"nthread\": 1}");
        run(job(10, 1).with("params", params).without("earlyStopping"));
        predict();
        var features = Matrix.read(folder.resolve("validation.features"));
        var scores = Matrix.read(folder.resolve("scores")).cells();

        // More of the signal makes the label likelier, which the constraint forbids to learn.
        for (var row = 1; row < ROWS; row++) {
            if (features.cell(row, 0) > features.cell(row - 1, 0)
                    && Float.compare(features.cell(row, 1), features.cell(row - 1, 1)) == 0) {
                assertThat(scores[row]).isLessThanOrEqualTo(scores[row - 1]);
            }
        }
        var plain = job(10, 1).without("earlyStopping");
        var constrained = Files.readAllBytes(folder.resolve("model.ubj"));
        run(plain.with("params", Json.parse("{\"objective\": \"binary:logistic\", \"nthread\": 1}")));
        assertThat(Files.readAllBytes(folder.resolve("model.ubj"))).isNotEqualTo(constrained);
    }

    @Test
    void aListOfListsReachesTheLibrary() throws Exception {
        var params = Json.parse(
                "{\"objective\": \"binary:logistic\", \"interaction_constraints\": [[0], [1]], \"nthread\": 1}");
        run(job(10, 1).with("params", params));
        var constrained = Files.readAllBytes(folder.resolve("model.ubj"));
        run(job(10, 1).with("params", Json.parse("{\"objective\": \"binary:logistic\", \"nthread\": 1}")));

        assertThat(Files.readAllBytes(folder.resolve("model.ubj"))).isNotEqualTo(constrained);
    }

    @Test
    void aMetricThatIsNotComputedStopsTheJob() {
        assertThatThrownBy(() -> run(job(5, 1).with("metrics", Value.ofTexts(List.of("auc")))))
                .hasMessageContaining("No metric 'logloss' is computed on the validation part.");
    }

    @Test
    void rowsOfAnotherWidthAreRefused() throws Exception {
        run(job(3, 1));
        Matrix.ofColumns(1, List.of(new double[] {1})).write(folder.resolve("validation.features"));

        assertThatThrownBy(this::predict).hasMessageContaining("The model was trained with 2 features and given 1.");
    }

    private static Value.Fields part(String name) {
        return Value.Fields.EMPTY
                .with("features", Value.of(name + ".features"))
                .with("label", Value.of(name + ".label"));
    }

    private List<Double> series(String name) throws Exception {
        return Json.parseFields(Files.readString(folder.resolve("metrics.json"))).fields("series").items(name).stream()
                .map(score -> score.asNumber().orElseThrow())
                .toList();
    }

    private int bestRound() throws Exception {
        return Math.toIntExact(Json.parseFields(Files.readString(folder.resolve("metrics.json")))
                .whole("bestRound")
                .orElseThrow());
    }

    private double logLoss(String weight) throws Exception {
        var scores = Matrix.read(folder.resolve("scores")).cells();
        var labels = Matrix.read(folder.resolve("validation.label")).cells();
        var weights = Matrix.read(folder.resolve(weight)).cells();
        var sum = 0.0;
        var total = 0.0;
        for (var row = 0; row < scores.length; row++) {
            sum -= weights[row] * (labels[row] == 1 ? Math.log(scores[row]) : Math.log1p(-scores[row]));
            total += weights[row];
        }
        return sum / total;
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
