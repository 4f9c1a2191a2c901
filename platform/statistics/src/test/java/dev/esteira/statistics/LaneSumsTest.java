package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneSumsTest {

    /** Powers of two add up exactly in any order, and each tells whether it was taken once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 50})
    void takesEveryNumberOnce(int length) {
        var values =
                IntStream.range(0, length).mapToDouble(i -> Math.scalb(1.0, i)).toArray();
        var factors = IntStream.range(0, length)
                .mapToDouble(i -> i % 2 == 0 ? 1 : 0.5)
                .toArray();

        assertThat(LaneSums.of(values)).isEqualTo(Math.scalb(1.0, length) - 1);
        assertThat(LaneSums.ofProducts(values, factors))
                .isEqualTo(IntStream.range(0, length)
                        .mapToDouble(i -> values[i] * factors[i])
                        .sum());
    }
}
