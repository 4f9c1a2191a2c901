package dev.esteira.quality;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.statistics.MetricValue;
import dev.esteira.statistics.RankedCounts;
import dev.esteira.statistics.SingleFeature;
import dev.esteira.statistics.SingleFeature.Cell;
import java.util.ArrayList;
import java.util.List;

/** Scores against a label of two classes. The engine counts, which is exact in any order; no column is read. */
record BinaryFeatureScores(Table table, Column label) implements FeatureScores {

    private static final int BATCH = 8_192;

    @Override
    public MetricValue score(Column feature) throws InterruptedException {
        return feature.type() == LogicalType.STRING ? category(feature) : ordered(feature);
    }

    /** A moment is a number too: a label may be written down with the time at which it became known. */
    private MetricValue ordered(Column feature) throws InterruptedException {
        var name = Sql.name(feature.name());
        // Adding zero makes -0 and 0 one value.
        var value = feature.type() == LogicalType.NUMBER
                ? "CASE WHEN NOT isnan(" + name + ") THEN " + name + " + CAST(0 AS DOUBLE) END"
                : name;
        var sql = "SELECT count(*) FILTER (l = 1), count(*) FILTER (l = 0), CAST(v IS NULL AS BIGINT) FROM ("
                + FeatureScores.labelled(table, label, value) + ") GROUP BY v ORDER BY v DESC NULLS LAST";
        var ranked = new RankedCounts();
        var positives = new long[BATCH];
        var negatives = new long[BATCH];
        var missing = new long[BATCH];
        var missingOnes = new long[2];
        table.session().batches(sql, List.of(), batch -> {
            batch.wholes(0, positives, 0);
            batch.wholes(1, negatives, 0);
            batch.wholes(2, missing, 0);
            for (var row = 0; row < batch.rows(); row++) {
                if (missing[row] == 0) {
                    ranked.add(positives[row], negatives[row]);
                } else {
                    missingOnes[0] = positives[row];
                    missingOnes[1] = negatives[row];
                }
            }
        });
        return ranked.areaEitherWay(missingOnes[0], missingOnes[1]);
    }

    private MetricValue category(Column feature) throws InterruptedException {
        var name = Sql.name(feature.name());
        var labelled = FeatureScores.labelled(table, label, name);
        var tooMany = table.askOne(
                "SELECT count(DISTINCT v) > count(*) / 2 FROM (" + labelled + ")", row -> row.getBoolean(1));
        return tooMany ? NO_CATEGORY : SingleFeature.categoryToBinary(cells(name));
    }

    /** Rows lie in a total order, so their place, well mixed, assigns the same folds every time. */
    private List<Cell> cells(String name) throws InterruptedException {
        var value = "struct_pack(c := " + name + ", f := CAST(hash(file_row_number) % " + FOLDS + " AS BIGINT))";
        var sql = "SELECT v.c, v.f, count(*) FILTER (l = 1), count(*) FILTER (l = 0) FROM ("
                + FeatureScores.labelled(table, label, value) + ") GROUP BY v.c, v.f ORDER BY v.c, v.f";
        return new ArrayList<>(
                table.ask(sql, row -> new Cell(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4))));
    }
}
