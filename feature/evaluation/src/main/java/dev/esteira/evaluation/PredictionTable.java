package dev.esteira.evaluation;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Value;
import dev.esteira.matrix.Matrix;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scores of an evaluation beside the id and the label of each row, to look into afterwards. */
final class PredictionTable {

    private PredictionTable() {}

    static Artifact publish(StepContext context, DataSession session, Dataset dataset, String label, Matrix scores)
            throws IOException, InterruptedException {
        var file = session.directory().resolve("scores.csv");
        write(file, scores);
        session.execute("CREATE TABLE scores AS SELECT * FROM read_csv(" + DataEngine.literal(file.toString())
                + ", header = false, auto_detect = false, columns = {'i': 'BIGINT', 'score': 'DOUBLE'})");
        Files.delete(file);
        var names = new ArrayList<String>();
        dataset.schema().withRole(Role.ID).stream().map(Column::name).forEach(names::add);
        names.add(label);
        var columns = String.join(
                ", ", names.stream().map(name -> "d." + DataEngine.quoted(name)).toList());
        var query = "SELECT " + columns + ", s.score AS " + DataEngine.quoted(free(names)) + " FROM (SELECT * FROM "
                + dataset.numberedRelation() + ") d JOIN scores s ON s.i = d.file_row_number";
        var table = new DatasetWriter(session)
                .write(
                        query,
                        List.of(),
                        DatasetOptions.inherited(dataset, names),
                        session.directory().resolve("table"));
        return context.publish(
                ArtifactType.TABLE,
                Map.of(Dataset.DATA_FILE, table.parquet()),
                Value.Fields.EMPTY.with("rows", Value.of(table.rows())));
    }

    /** A label or an id may itself be called a score. */
    private static String free(List<String> names) {
        var name = "score";
        while (names.stream().anyMatch(name::equalsIgnoreCase)) {
            name = "predicted_" + name;
        }
        return name;
    }

    private static void write(Path file, Matrix scores) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (var row = 0; row < scores.rows(); row++) {
                out.write(row + "," + Double.toString(scores.cell(row, 0)) + "\n");
            }
        }
    }
}
