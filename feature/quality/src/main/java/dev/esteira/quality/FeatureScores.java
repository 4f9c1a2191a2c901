package dev.esteira.quality;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Role;
import dev.esteira.statistics.MetricValue;
import dev.esteira.statistics.SingleFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How well each feature alone predicts the label. */
final class FeatureScores {

    private static final int FOLDS = 5;

    private final DataColumns columns;
    private final double[] labels;
    private final boolean binary;
    private final int[] rows;

    private FeatureScores(DataColumns columns, double[] labels, int[] rows) {
        this.columns = columns;
        this.rows = rows;
        this.labels = chosen(labels);
        this.binary = Arrays.stream(this.labels).allMatch(label -> label == 0 || label == 1);
    }

    /** A feature's score, see {@link SingleFeature}. */
    record Score(String feature, double score) {}

    /** The scores of all features that can be scored, the best first; none when the label is no number or constant. */
    static List<Score> of(Table table) throws InterruptedException {
        var label = table.schema().withRole(Role.LABEL).getFirst();
        if (!asNumber(label.type())) {
            return List.of();
        }
        var names = new ArrayList<String>();
        names.add(label.name());
        table.schema().features().forEach(feature -> names.add(feature.name()));
        var columns = DataColumns.read(table.session(), table.dataset(), names);
        var labels = columns.numbers(label.name());
        var labelled = IntStream.range(0, labels.length)
                .filter(row -> !Double.isNaN(labels[row]))
                .toArray();
        var scores = new FeatureScores(columns, labels, labelled);
        return table.schema().features().stream()
                .flatMap(feature -> scores.score(feature).stream())
                .sorted(Comparator.comparingDouble(Score::score).reversed().thenComparing(Score::feature))
                .toList();
    }

    private static boolean asNumber(LogicalType type) {
        return type.numeric() || type == LogicalType.BOOLEAN;
    }

    private Optional<Score> score(Column feature) {
        var value = switch (feature.type()) {
            case STRING -> category(feature);
            case DATE, TIMESTAMP -> number(chosen(moments(feature.name())));
            case INTEGER, NUMBER, DECIMAL, BOOLEAN -> number(chosen(columns.numbers(feature.name())));
        };
        return value instanceof MetricValue.Defined(var score)
                ? Optional.of(new Score(feature.name(), score))
                : Optional.empty();
    }

    /** A moment is a number too: a label may be written down with the time at which it became known. */
    private double[] moments(String name) {
        var wholes = columns.wholes(name);
        var missing = columns.missing(name);
        return IntStream.range(0, wholes.length)
                .mapToDouble(row -> missing.get(row) ? Double.NaN : wholes[row])
                .toArray();
    }

    private MetricValue number(double[] feature) {
        return binary ? SingleFeature.numericToBinary(feature, labels) : SingleFeature.numericToNumber(feature, labels);
    }

    private MetricValue category(Column feature) {
        var all = columns.texts(feature.name());
        var texts = new ArrayList<@Nullable String>();
        for (var row : rows) {
            texts.add(all[row]);
        }
        if (new HashSet<>(texts).size() > rows.length / 2) {
            return new MetricValue.Undefined("nearly every row has a category of its own");
        }
        return binary
                ? SingleFeature.categoryToBinary(texts, labels, folds(rows.length))
                : SingleFeature.categoryToNumber(texts, labels, folds(rows.length));
    }

    private double[] chosen(double[] all) {
        return Arrays.stream(rows).mapToDouble(row -> all[row]).toArray();
    }

    /** Rows lie in a total order, so their place, well mixed, assigns the same folds every time. */
    private static int[] folds(int rows) {
        var folds = new int[rows];
        for (var row = 0; row < rows; row++) {
            var mixed = (row + 1) * 0x9E3779B97F4A7C15L;
            folds[row] = (int) Math.floorMod(mixed ^ (mixed >>> 32), (long) FOLDS);
        }
        return folds;
    }
}
