package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
        near(SingleFeature.numericToBinary(number, binary), Golden.number(golden, "numericToBinary"));
        near(SingleFeature.numericToNumber(number, target), Golden.number(golden, "numericToNumber"));
        near(SingleFeature.categoryToBinary(categories, binary, folds), Golden.number(golden, "categoryToBinary"));
        near(SingleFeature.categoryToNumber(categories, target, folds), Golden.number(golden, "categoryToNumber"));
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
        assertThat(SingleFeature.numericToBinary(feature, labels)).isEqualTo(MetricValue.of(1));
        assertThat(SingleFeature.numericToNumber(feature, labels)).isEqualTo(MetricValue.of(1));
        var category = IntStream.range(0, 100)
                .mapToObj(row -> row % 2 == 1 ? null : "x")
                .toList();
        var folds = IntStream.range(0, 100).map(row -> row / 2 % 5).toArray();
        assertThat(SingleFeature.categoryToBinary(category, labels, folds)).isEqualTo(MetricValue.of(1));
    }

    @Test
    void anIdentifierTellsNothing() {
        var draws = new SeededDraws(4, 4);
        var labels = IntStream.range(0, 1000).mapToDouble(row -> draws.below(2)).toArray();
        var ids = IntStream.range(0, 1000).mapToObj(row -> "id" + row).toList();
        var folds = IntStream.range(0, 1000).map(row -> draws.below(5)).toArray();
        assertThat(SingleFeature.categoryToBinary(ids, labels, folds)).isEqualTo(MetricValue.of(0.5));
        assertThat(SingleFeature.categoryToNumber(ids, labels, folds).number().orElseThrow())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void aConstantFeatureTellsNothingAndAConstantLabelCannotBeTold() {
        var constant = new double[] {3, 3, 3};
        assertThat(SingleFeature.numericToBinary(constant, new double[] {0, 1, 1}))
                .isEqualTo(MetricValue.of(0.5));
        assertThat(SingleFeature.numericToNumber(constant, new double[] {0, 1, 2}))
                .isEqualTo(MetricValue.of(0));
        assertThat(SingleFeature.numericToNumber(new double[] {0, 1, 2}, constant))
                .isEqualTo(new MetricValue.Undefined("no two different labels"));
        assertThat(SingleFeature.numericToBinary(constant, new double[] {1, 1, 1}))
                .isEqualTo(new MetricValue.Undefined("no negative rows"));
    }

    @Test
    void refusesFoldsAndLabelsOutOfRange() {
        assertThatThrownBy(() -> SingleFeature.categoryToBinary(List.of("a"), new double[] {1}, new int[] {100}))
                .hasMessageContaining("Folds go from 0 to 99");
        assertThatThrownBy(() -> SingleFeature.numericToBinary(new double[] {1}, new double[] {2}))
                .hasMessageContaining("A binary label is 0 or 1");
        assertThatThrownBy(() -> SingleFeature.numericToNumber(new double[] {1}, new double[] {2, 3}))
                .hasMessageContaining("1 values for 2 labels");
    }
}
