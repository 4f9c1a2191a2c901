package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingleFeatureTest {

    @Test
    void agreesWithTheGoldenValues() {
        var golden = Golden.part("feature");
        var number = Golden.numbers(golden, "number");
        var categories = Golden.texts(golden, "categories");
        var folds = Arrays.stream(Golden.numbers(golden, "folds"))
                .mapToInt(fold -> (int) fold)
                .toArray();
        var binary = Golden.numbers(golden, "binary");
        var target = Golden.numbers(golden, "target");
        near(numericToBinary(number, binary), Golden.number(golden, "numericToBinary"));
        near(SingleFeature.numericToNumber(number, target), Golden.number(golden, "numericToNumber"));
        near(categoryToBinary(categories, binary, folds), Golden.number(golden, "categoryToBinary"));
        near(SingleFeature.categoryToNumber(categories, target, folds), Golden.number(golden, "categoryToNumber"));
    }

    private static MetricValue numericToBinary(double[] feature, double[] labels) {
        var values = Arrays.stream(feature)
                .filter(value -> !Double.isNaN(value))
                .map(value -> value + 0.0)
                .boxed()
                .collect(Collectors.toCollection(() -> new TreeSet<Double>(Comparator.reverseOrder())));
        var ranked = new RankedCounts();
        for (var value : values) {
            ranked.add(count(feature, labels, value, 1), count(feature, labels, value, 0));
        }
        return ranked.areaEitherWay(count(feature, labels, Double.NaN, 1), count(feature, labels, Double.NaN, 0));
    }

    private static long count(double[] feature, double[] labels, double value, double label) {
        return IntStream.range(0, labels.length)
                .filter(row -> Double.compare(feature[row] + 0.0, value) == 0 && labels[row] == label)
                .count();
    }

    private static MetricValue categoryToBinary(List<@Nullable String> feature, double[] labels, int[] folds) {
        var cells = new HashMap<List<@Nullable Object>, SingleFeature.Cell>();
        for (var row = 0; row < labels.length; row++) {
            var positive = labels[row] == 1 ? 1 : 0;
            var one = new SingleFeature.Cell(feature.get(row), folds[row], positive, 1 - positive);
            cells.merge(
                    Arrays.asList(feature.get(row), folds[row]),
                    one,
                    (a, b) -> new SingleFeature.Cell(
                            a.category(), a.fold(), a.positives() + b.positives(), a.negatives() + b.negatives()));
        }
        return SingleFeature.categoryToBinary(cells.values());
    }

    private static void near(MetricValue value, double expected) {
        assertThat(value.number().orElseThrow()).isCloseTo(expected, Near.relative(expected, 1e-9));
    }

    @Test
    void findsALabelThatHidesInWhatIsMissing() {
        var labels = IntStream.range(0, 100).mapToDouble(row -> row % 2).toArray();
        var feature = IntStream.range(0, 100)
                .mapToDouble(row -> row % 2 == 1 ? Double.NaN : row)
                .toArray();
        assertThat(numericToBinary(feature, labels)).isEqualTo(MetricValue.of(1));
        assertThat(SingleFeature.numericToNumber(feature, labels)).isEqualTo(MetricValue.of(1));
        var category = IntStream.range(0, 100)
                .mapToObj(row -> row % 2 == 1 ? null : "x")
                .toList();
        var folds = IntStream.range(0, 100).map(row -> row / 2 % 5).toArray();
        assertThat(categoryToBinary(category, labels, folds)).isEqualTo(MetricValue.of(1));
    }

    @Test
    void anIdentifierTellsNothing() {
        var draws = new SeededDraws(4, 4);
        var labels = IntStream.range(0, 1000).mapToDouble(row -> draws.below(2)).toArray();
        var ids = IntStream.range(0, 1000).mapToObj(row -> "id" + row).toList();
        var folds = IntStream.range(0, 1000).map(row -> draws.below(5)).toArray();
        assertThat(categoryToBinary(ids, labels, folds)).isEqualTo(MetricValue.of(0.5));
        assertThat(SingleFeature.categoryToNumber(ids, labels, folds).number().orElseThrow())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void aConstantFeatureTellsNothingAndAConstantLabelCannotBeTold() {
        var constant = new double[] {3, 3, 3};
        assertThat(numericToBinary(constant, new double[] {0, 1, 1})).isEqualTo(MetricValue.of(0.5));
        assertThat(SingleFeature.numericToNumber(constant, new double[] {0, 1, 2}))
                .isEqualTo(MetricValue.of(0));
        assertThat(SingleFeature.numericToNumber(new double[] {0, 1, 2}, constant))
                .isEqualTo(new MetricValue.Undefined("no two different labels"));
        assertThat(numericToBinary(constant, new double[] {1, 1, 1}))
                .isEqualTo(new MetricValue.Undefined("no negative rows"));
    }

    @Test
    void refusesFoldsOutOfRangeAndLabelsThatAreTooMany() {
        assertThatThrownBy(() -> SingleFeature.categoryToNumber(List.of("a"), new double[] {1}, new int[] {100}))
                .hasMessageContaining("Folds go from 0 to 99");
        assertThatThrownBy(() -> SingleFeature.numericToNumber(new double[] {1}, new double[] {2, 3}))
                .hasMessageContaining("1 values for 2 labels");
    }
}
