package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformedRowsTest {

    @TempDir
    Path folder;

    @Test
    void aFittedTableMayBeCalledLikeAnythingElseInTheQuery() throws Exception {
        try (var session = new DataEngine(256L << 20).open(folder, 1, List.of())) {
            var dataset = new DatasetWriter(session)
                    .write(
                            "SELECT * FROM (VALUES ('a', 'x'), ('b', 'y')) t(d, \"esteira own\")",
                            List.of(),
                            DatasetOptions.NONE,
                            folder.resolve("data"));
            var outputs = new LinkedHashMap<String, Node>();
            var tables = new LinkedHashMap<String, Map<String, Double>>();
            for (var name : dataset.schema().names()) {
                outputs.put(name, new Node.Lookup(new Node.Column(name, Node.Kind.TEXT), name, -1, 9));
                tables.put(name, Map.of("a", 1.0, "y", 2.0));
            }
            var rows =
                    new TransformedRows(session, new Transform(dataset.schema().columns(), outputs, tables));
            var own = new LinkedHashMap<String, double[]>();
            own.put("d", new double[] {5, 6});

            assertThat(session.rows(rows.query(dataset), List.of(), row -> List.of(row.getDouble(1), row.getDouble(2))))
                    .containsExactly(List.of(1.0, 9.0), List.of(9.0, 2.0));
            assertThat(session.rows(rows.query(dataset, own), List.of(), row -> row.getDouble(1)))
                    .containsExactlyInAnyOrder(5.0, 6.0);
        }
    }
}
