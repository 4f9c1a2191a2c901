package dev.esteira.quality;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.Column;
import dev.esteira.statistics.MetricValue;
import dev.esteira.statistics.SingleFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Scores against a label that is a number: sums of doubles, made here in the order of the rows. */
final class NumericFeatureScores implements FeatureScores {

    private final DataColumns columns;
    private final double[] labels;
    private final int[] rows;

    private NumericFeatureScores(DataColumns columns, double[] labels, int[] rows) {
        this.columns = columns;
        this.rows = rows;
        this.labels = chosen(labels);
    }

    static FeatureScores of(Table table, Column label) throws InterruptedException {
        var names = new ArrayList<String>();
        names.add(label.name());
        table.schema().features().forEach(feature -> names.add(feature.name()));
        var columns = DataColumns.read(table.session(), table.dataset(), names);
        var labels = columns.numbers(label.name());
        var labelled = IntStream.range(0, labels.length)
                .filter(row -> Double.isFinite(labels[row]))
                .toArray();
        return new NumericFeatureScores(columns, labels, labelled);
    }

    @Override
    public MetricValue score(Column feature) {
        return switch (feature.type()) {
            case STRING -> category(feature);
            case DATE, TIMESTAMP -> SingleFeature.numericToNumber(chosen(moments(feature.name())), labels);
            case INTEGER, NUMBER, DECIMAL, BOOLEAN ->
                SingleFeature.numericToNumber(chosen(columns.numbers(feature.name())), labels);
        };
    }

    private double[] moments(String name) {
        var wholes = columns.wholes(name);
        var missing = columns.missing(name);
        return IntStream.range(0, wholes.length)
                .mapToDouble(row -> missing.get(row) ? Double.NaN : wholes[row])
                .toArray();
    }

    private MetricValue category(Column feature) {
        var all = columns.texts(feature.name());
        var texts = new ArrayList<@Nullable String>();
        for (var row : rows) {
            texts.add(all[row]);
        }
        return new HashSet<>(texts).size() > rows.length / 2
                ? NO_CATEGORY
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
