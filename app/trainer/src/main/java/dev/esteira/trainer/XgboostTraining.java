package dev.esteira.trainer;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Boosts round by round, tells every round's scores, and keeps the model as it was in the best round: the file
 * {@code model.ubj} has exactly the trees that count, so any reader predicts the same without knowing the best round.
 */
final class XgboostTraining {

    private static final String MODEL_FORMAT = "ubj";

    private final TrainingJob job;
    private final Path folder;
    private final InstantSource clock;
    private final Map<String, List<Value>> series = new LinkedHashMap<>();
    private BestRound best;
    private byte[] bestModel = new byte[0];

    XgboostTraining(TrainingJob job, Path folder, InstantSource clock) {
        this.job = job;
        this.clock = clock;
        this.folder = folder;
        this.best = BestRound.none(maximise());
    }

    void run() throws IOException, XGBoostError {
        var parts = new ArrayList<DMatrix>();
        var names = new ArrayList<String>();
        parts.add(part(job.train()));
        names.add("train");
        if (job.validation().isPresent()) {
            parts.add(part(job.validation().get()));
            names.add("validation");
        }
        var started = clock.millis();
        try (var progress = Files.newBufferedWriter(folder.resolve("progress"))) {
            boost(parts.toArray(DMatrix[]::new), names.toArray(String[]::new), progress);
        }
        System.out.printf(
                Locale.ROOT,
                "XGBoost took %.3f s for %d rounds; the best is %d.%n",
                (clock.millis() - started) / 1000.0,
                rounds(),
                best.round() + 1);
        Files.write(folder.resolve("model.ubj"), bestModel);
        Files.writeString(folder.resolve("metrics.json"), CanonicalJson.text(metrics()));
    }

    private void boost(DMatrix[] parts, String[] names, BufferedWriter progress) throws IOException, XGBoostError {
        var booster = XGBoost.train(parts[0], job.params(), 0, Map.of(), null, null);
        for (var metric : job.metrics()) {
            booster.setParam("eval_metric", metric);
        }
        for (var round = 0; round < job.rounds(); round++) {
            booster.update(parts[0], round);
            var scores = Scores.parse(booster.evalSet(parts, names, round));
            scores.forEach((name, score) ->
                    series.computeIfAbsent(name, _ -> new ArrayList<>()).add(finite(name, score)));
            tell(round, scores, progress);
            if (keep(booster, round, scores)) {
                return;
            }
        }
    }

    /** Keeps the model when it is the best so far; true when it is time to stop. */
    private boolean keep(Booster booster, int round, Map<String, Double> scores) throws XGBoostError {
        if (job.stopping().isEmpty()) {
            best = new BestRound(round, 0);
            if (round == job.rounds() - 1) {
                bestModel = booster.toByteArray(MODEL_FORMAT);
            }
            return false;
        }
        var stopping = job.stopping().get();
        var score = scores.get("validation-" + stopping.metric());
        if (score == null) {
            throw TrainerMain.malformed("No metric '" + stopping.metric() + "' is computed on the validation part.");
        }
        var next = best.after(round, score, stopping.maximise());
        if (!next.equals(best)) {
            best = next;
            bestModel = booster.toByteArray(MODEL_FORMAT);
        }
        return best.stale(round, stopping.rounds());
    }

    private void tell(int round, Map<String, Double> scores, BufferedWriter progress) throws IOException {
        var line = new LinkedHashMap<String, Value>();
        line.put("round", Value.of(round + 1));
        line.put("at", Value.of(clock.millis()));
        line.put("total", Value.of(job.rounds()));
        var metrics = new LinkedHashMap<String, Value>();
        scores.forEach((name, score) -> metrics.put(name, finite(name, score)));
        line.put("metrics", Value.ofFields(metrics));
        progress.write(CanonicalJson.text(Value.ofFields(line)));
        progress.newLine();
        progress.flush();
    }

    private Value metrics() {
        var document = new LinkedHashMap<String, Value>();
        document.put("formatVersion", Value.of(1));
        document.put("rounds", Value.of(rounds()));
        document.put("bestRound", Value.of(best.round() + 1));
        var columns = new LinkedHashMap<String, Value>();
        series.forEach((name, values) -> columns.put(name, new Value.Sequence(values)));
        document.put("series", Value.ofFields(columns));
        return Value.ofFields(document);
    }

    private int rounds() {
        return series.values().stream().mapToInt(List::size).max().orElse(0);
    }

    private boolean maximise() {
        return job.stopping().map(TrainingJob.Stopping::maximise).orElse(false);
    }

    private DMatrix part(TrainingJob.Part part) throws IOException, XGBoostError {
        var features = Matrix.read(folder.resolve(part.features()));
        var matrix = new DMatrix(features.cells(), features.rows(), features.columns(), Float.NaN);
        matrix.setFeatureNames(job.features().toArray(String[]::new));
        matrix.setLabel(Matrix.read(folder.resolve(part.label())).cells());
        if (part.weight().isPresent()) {
            matrix.setWeight(Matrix.read(folder.resolve(part.weight().get())).cells());
        }
        return matrix;
    }

    private static Value finite(String name, double score) {
        if (!Double.isFinite(score)) {
            throw new EsteiraException(
                    TrainerErrorCode.TRAINER_REFUSED,
                    "The metric " + name + " became " + score + ".",
                    "Lower the learning rate, or check the label and the features for extreme values.");
        }
        return Value.of(score);
    }
}
