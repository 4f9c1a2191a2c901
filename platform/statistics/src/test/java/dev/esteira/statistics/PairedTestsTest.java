package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Value;
import org.junit.jupiter.api.Test;

class PairedTestsTest {

    @Test
    void areasAgreeWithTheDefinition() {
        for (var golden : Golden.cases("paired")) {
            var expected = golden.fields("areas");
            var result = PairedTests.areas(pair(Golden.numbers(golden, "labels"), golden));
            near(result.first(), Golden.number(expected, "first"));
            near(result.second(), Golden.number(expected, "second"));
            near(result.standardError(), Golden.number(expected, "standardError"));
            near(result.pValue().number().orElseThrow(), Golden.number(expected, "pValue"));
        }
    }

    @Test
    void errorsAgreeExactlyAndByChiSquare() {
        var exact = 0;
        for (var golden : Golden.cases("paired")) {
            var expected = golden.fields("errors");
            var result = PairedTests.errors(pair(Golden.numbers(golden, "labels"), golden));
            assertThat(result.onlyFirstRight()).isEqualTo((long) Golden.number(expected, "onlyFirstRight"));
            assertThat(result.onlySecondRight()).isEqualTo((long) Golden.number(expected, "onlySecondRight"));
            assertThat(result.exact()).isEqualTo(expected.flag("exact").orElseThrow());
            near(result.pValue(), Golden.number(expected, "pValue"));
            exact += result.exact() ? 1 : 0;
        }
        assertThat(exact).isBetween(1, 2);
    }

    @Test
    void equalModelsDoNotDiffer() {
        var one = Predictions.binary(new double[] {0, 1, 0, 1}, new double[] {0.1, 0.4, 0.6, 0.9});
        var pair = new PairedPredictions(one, one);
        assertThat(PairedTests.areas(pair).pValue()).isInstanceOf(MetricValue.Undefined.class);
        assertThat(PairedTests.areas(pair).first()).isEqualTo(0.75);
        assertThat(PairedTests.errors(pair).pValue()).isEqualTo(1);
    }

    @Test
    void areasNeedTwoRowsOfEachClass() {
        var one = Predictions.binary(new double[] {0, 1, 0}, new double[] {0.1, 0.4, 0.6});
        assertThatThrownBy(() -> PairedTests.areas(new PairedPredictions(one, one)))
                .hasMessageContaining("two rows of each class");
    }

    private static PairedPredictions pair(double[] labels, Value.Fields golden) {
        return new PairedPredictions(
                Predictions.binary(labels, Golden.numbers(golden, "first")),
                Predictions.binary(labels, Golden.numbers(golden, "second")));
    }

    private static void near(double value, double expected) {
        assertThat(value).isCloseTo(expected, Near.relative(expected, 1e-9));
    }
}
