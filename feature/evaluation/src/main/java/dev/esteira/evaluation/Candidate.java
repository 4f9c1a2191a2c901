package dev.esteira.evaluation;

import dev.esteira.dataset.DataColumns;
import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ResolveContext;
import dev.esteira.training.ModelDirectory;
import dev.esteira.training.ModelDocument;
import dev.esteira.transform.DatasetRows;
import dev.esteira.transform.Evaluator;
import dev.esteira.transform.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model with the transform that was fitted for it: what is evaluated is what would serve.
 *
 * @param trees the local file with the model's trees
 */
record Candidate(ModelDocument document, Transform transform, Path trees) {

    /** The model and the transform that a step was given. */
    static Candidate ofInputs(ResolveContext context, Artifact model, Artifact transform) throws IOException {
        return of(context, model, "", transform, "");
    }

    /** A registered version, which holds both. */
    static Candidate ofVersion(ResolveContext context, Artifact version) throws IOException {
        return of(context, version, "model/", version, "transform/");
    }

    private static Candidate of(
            ResolveContext context, Artifact model, String modelFolder, Artifact transform, String transformFolder)
            throws IOException {
        var text = Files.readString(ModelDirectory.file(context, transform, transformFolder + Transform.FILE));
        return new Candidate(
                ModelDirectory.read(context, model, modelFolder),
                Transform.of(Json.parse(text).asFields().orElse(Value.Fields.EMPTY)),
                ModelDirectory.file(context, model, modelFolder + ModelDirectory.MODEL));
    }

    /** The raw columns that the transform reads. */
    List<String> reads() {
        return transform.inputs().stream().map(column -> column.name()).toList();
    }

    /**
     * The rows as the model takes them.
     *
     * @throws EsteiraException EVALUATION_FEATURES_UNFIT when the transform does not make a column that the model takes
     */
    Matrix features(DataColumns rows) {
        var evaluator = new Evaluator(new DatasetRows(rows), transform.tables());
        var columns = new ArrayList<double[]>();
        for (var name : document.features()) {
            var node = transform.outputs().get(name);
            if (node == null) {
                throw new EsteiraException(
                        EvaluationErrorCode.EVALUATION_FEATURES_UNFIT,
                        "The model takes the column '" + name + "', which its transform does not make.",
                        "Give the model the transform that its training rows went through.");
            }
            columns.add(evaluator.numbers(node));
        }
        return Matrix.ofColumns(rows.rows(), columns);
    }
}
