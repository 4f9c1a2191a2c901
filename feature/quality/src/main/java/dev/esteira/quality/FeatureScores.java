package dev.esteira.quality;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.statistics.MetricValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well each feature alone predicts the label. */
sealed interface FeatureScores permits BinaryFeatureScores, NumericFeatureScores {

    int FOLDS = 5;

    /** What a category tells when nearly every row has one of its own. */
    MetricValue NO_CATEGORY = new MetricValue.Undefined("nearly every row has a category of its own");

    /** A feature's score, see {@link dev.esteira.statistics.SingleFeature}. */
    record Score(String feature, double score) {}

    /** The scores of all features that can be scored, the best first; none when the label is no number or constant. */
    static List<Score> of(Table table) throws InterruptedException {
        var label = table.schema().withRole(Role.LABEL).getFirst();
        if (!label.type().numeric() && label.type() != LogicalType.BOOLEAN) {
            return List.of();
        }
        var scores =
                binary(table, label) ? new BinaryFeatureScores(table, label) : NumericFeatureScores.of(table, label);
        var found = new ArrayList<Score>();
        for (var feature : table.schema().features()) {
            if (scores.score(feature) instanceof MetricValue.Defined(var score)) {
                found.add(new Score(feature.name(), score));
            }
        }
        found.sort(Comparator.comparingDouble(Score::score).reversed().thenComparing(Score::feature));
        return found;
    }

    private static boolean binary(Table table, Column label) throws InterruptedException {
        return table.askOne(
                        "SELECT count(*) FROM (" + labelled(table, label, "1") + ") WHERE l NOT IN (0, 1)",
                        row -> row.getLong(1))
                == 0;
    }

    /** The rows with a label {@code l}, as a number, and a value {@code v}. */
    static String labelled(Table table, Column label, String value) {
        return "SELECT * FROM (SELECT " + value + " AS v, CAST(" + Sql.name(label.name()) + " AS DOUBLE) AS l FROM "
                + table.dataset().numberedRelation() + ") WHERE l IS NOT NULL AND NOT isnan(l)";
    }

    MetricValue score(Column feature) throws InterruptedException;
}
