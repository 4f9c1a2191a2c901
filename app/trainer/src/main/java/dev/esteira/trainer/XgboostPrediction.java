package dev.esteira.trainer;

import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Scores rows with one or more models: a probability for a binary task, a value for a regression. */
final class XgboostPrediction {

    private XgboostPrediction() {}

    static void run(Value.Fields job, Path folder) throws IOException, XGBoostError {
        var threads = job.whole("threads").orElse(1L);
        for (var item : job.items("models")) {
            predict(item.asFields().orElse(Value.Fields.EMPTY), threads, folder);
        }
    }

    private static void predict(Value.Fields item, long threads, Path folder) throws IOException, XGBoostError {
        var model = Files.readAllBytes(Path.of(text(item, "model")));
        var features = Matrix.read(folder.resolve(text(item, "features")));
        var booster = XGBoost.loadModel(model);
        booster.setParams(Map.of("nthread", threads));
        if (booster.getNumFeature() != features.columns()) {
            throw TrainerMain.malformed("The model was trained with " + booster.getNumFeature() + " features and given "
                    + features.columns() + ".");
        }
        var rows = new DMatrix(features.cells(), features.rows(), features.columns(), Float.NaN);
        var scores = new float[features.rows()];
        var predicted = booster.predict(rows);
        for (var row = 0; row < scores.length; row++) {
            scores[row] = predicted[row][0];
        }
        Matrix.ofColumn(scores).write(folder.resolve(text(item, "scores")));
    }

    private static String text(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow(() -> TrainerMain.malformed("The job lacks the text " + name + "."));
    }
}
