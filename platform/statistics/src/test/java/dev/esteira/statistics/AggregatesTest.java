package dev.esteira.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AggregatesTest {

    @Test
    void agreeWithTheGoldenValues() {
        for (var golden : Golden.cases("aggregates")) {
            var values = Golden.numbers(golden, "values");
            var moments = Moments.of(values);
            near(moments.mean(), Golden.number(golden, "mean"), 1e-12);
            near(moments.variancePopulation().orElseThrow(), Golden.number(golden, "variancePopulation"), 1e-9);
            near(moments.varianceSample().orElseThrow(), Golden.number(golden, "varianceSample"), 1e-9);
            near(moments.skewness().orElseThrow(), Golden.number(golden, "skewness"), 1e-8);
            near(moments.excessKurtosis().orElseThrow(), Golden.number(golden, "excessKurtosis"), 1e-8);
            var sketch = sketch(QuantileSketch.DEFAULT_CAPACITY, values);
            var shares = Golden.numbers(golden, "shares");
            var quantiles = Golden.numbers(golden, "quantiles");
            for (var i = 0; i < shares.length; i++) {
                near(Quantiles.of(values, shares[i]), quantiles[i], 1e-12);
                near(sketch.quantile(shares[i]).number().orElseThrow(), quantiles[i], 1e-12);
            }
            var histogram = new Histogram.Accumulator(
                    Arrays.stream(Golden.numbers(golden, "edges")).boxed().toList());
            Arrays.stream(values).forEach(histogram::add);
            assertThat(histogram.histogram().counts().stream().mapToDouble(Long::doubleValue))
                    .containsExactly(Arrays.stream(Golden.numbers(golden, "histogram"))
                            .boxed()
                            .toArray(Double[]::new));
            assertThat(histogram.histogram().total()).isEqualTo(values.length);
        }
    }

    private static void near(double value, double expected, double tolerance) {
        assertThat(value).isCloseTo(expected, Near.relative(expected, tolerance));
    }

    @Property
    void momentsOfPartsAreThoseOfTheWhole(
            @ForAll @Size(max = 60) List<@DoubleRange(min = -1e6, max = 1e6) Double> numbers,
            @ForAll @IntRange(max = 60) int cut) {
        var values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        var split = Math.min(cut, values.length);
        var whole = Moments.of(values);
        var merged = Moments.of(Arrays.copyOf(values, split))
                .merge(Moments.of(Arrays.copyOfRange(values, split, values.length)));
        assertThat(merged.count()).isEqualTo(whole.count());
        assertThat(merged.min()).isEqualTo(whole.min());
        assertThat(merged.max()).isEqualTo(whole.max());
        // Rounding is measured against the size of the numbers, of which the sums are made.
        var size = Math.max(Math.abs(whole.min()), Math.abs(whole.max()));
        var terms = Math.max(1, values.length);
        if (values.length > 0) {
            assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-12 * size));
            assertThat(merged.m2()).isCloseTo(whole.m2(), within(1e-12 * terms * Math.pow(size, 2)));
            assertThat(merged.m3()).isCloseTo(whole.m3(), within(1e-12 * terms * Math.pow(size, 3)));
            assertThat(merged.m4()).isCloseTo(whole.m4(), within(1e-12 * terms * Math.pow(size, 4)));
        }
    }

    @Property
    void partsMergedInTheirOrderGiveTheSameBitsWhoeverMadeThem(
            @ForAll @Size(max = 20) List<@Size(max = 40) List<@DoubleRange(min = -1e3, max = 1e3) Double>> parts) {
        var serial = parts.stream().map(AggregatesTest::moments).reduce(Moments.EMPTY, Moments::merge);
        var made = parts.parallelStream().map(AggregatesTest::moments).collect(Collectors.toList());
        var parallel = Moments.EMPTY;
        for (var part : made) {
            parallel = parallel.merge(part);
        }
        assertThat(parallel).isEqualTo(serial);
        assertThat(serial.merge(Moments.EMPTY)).isEqualTo(serial);
        assertThat(Moments.EMPTY.merge(serial)).isEqualTo(serial);
    }

    private static Moments moments(List<Double> values) {
        return Moments.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    void momentsOfFewNumbersAreAbsentWhereTheyHaveNoMeaning() {
        assertThat(Moments.EMPTY.variancePopulation()).isEmpty();
        assertThat(Moments.of(4).variancePopulation()).hasValue(0);
        assertThat(Moments.of(4).varianceSample()).isEmpty();
        assertThat(Moments.of(4, 4).skewness()).isEmpty();
        assertThat(Moments.of(1, 3).standardDeviationSample()).hasValue(Math.sqrt(2));
        assertThat(Moments.of(1, 3).standardDeviationPopulation()).hasValue(1);
        assertThatThrownBy(() -> Moments.of(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void momentsKeepTheirDigitsFarFromZero() {
        var near = IntStream.range(0, 1000).mapToDouble(i -> i % 10).toArray();
        var far = Arrays.stream(near).map(value -> value + 1e9).toArray();
        assertThat(Moments.of(far).variancePopulation().orElseThrow())
                .isCloseTo(Moments.of(near).variancePopulation().orElseThrow(), within(1e-6));
    }

    @Property
    void countsMergeInAnyOrder(
            @ForAll List<@IntRange(max = 9) Integer> first,
            @ForAll List<@IntRange(max = 9) Integer> second,
            @ForAll List<@IntRange(max = 9) Integer> third,
            @ForAll @IntRange(min = 1, max = 10) int limit) {
        var a = counts(first, limit);
        var b = counts(second, limit);
        var c = counts(third, limit);
        assertThat(a.merge(b).merge(c))
                .isEqualTo(a.merge(b.merge(c)))
                .isEqualTo(c.merge(b).merge(a));
        var distinct = IntStream.range(0, 10)
                .filter(i -> first.contains(i) || second.contains(i))
                .count();
        assertThat(a.merge(b).exceeded()).isEqualTo(distinct > limit);
        assertThat(a.merge(b).total()).isEqualTo(first.size() + second.size());
        if (distinct <= limit) {
            assertThat(a.merge(b).distinct()).hasValue((int) distinct);
            assertThat(a.merge(b).counts().getOrDefault("7", 0L))
                    .isEqualTo(Collections.frequency(first, 7) + Collections.frequency(second, 7));
        }
    }

    private static CategoryCounts counts(List<Integer> values, int limit) {
        var accumulator = new CategoryCounts.Accumulator(limit);
        values.forEach(value -> accumulator.add(value.toString()));
        return accumulator.counts();
    }

    @Test
    void theMostFrequentComeFirstAndEqualOnesByName() {
        var accumulator = new CategoryCounts.Accumulator(10);
        List.of("b", "a", "c", "c", "b", "a", "d").forEach(accumulator::add);
        accumulator.add("c", 3);
        assertThat(accumulator.counts().top(3).toString()).isEqualTo("{c=5, a=2, b=2}");
        assertThatThrownBy(() -> CategoryCounts.empty(3).merge(CategoryCounts.empty(4)))
                .hasMessageContaining("limits 3 and 4");
    }

    @Property
    void histogramsMergeToTheHistogramOfAll(
            @ForAll List<@DoubleRange(min = -3, max = 3) Double> first,
            @ForAll List<@DoubleRange(min = -3, max = 3) Double> second) {
        var edges = List.of(-1.0, 0.0, 1.0);
        var all = new Histogram.Accumulator(edges);
        first.forEach(all::add);
        second.forEach(all::add);
        assertThat(histogram(edges, first).merge(histogram(edges, second))).isEqualTo(all.histogram());
        assertThat(Histogram.empty(edges).merge(all.histogram())).isEqualTo(all.histogram());
    }

    private static Histogram histogram(List<Double> edges, List<Double> values) {
        var accumulator = new Histogram.Accumulator(edges);
        values.forEach(accumulator::add);
        return accumulator.histogram();
    }

    @Test
    void aBinHoldsItsLowerEdgeAndTheLastOneBoth() {
        var histogram = histogram(List.of(-1.0, 0.0, 1.0), List.of(-1.0, -0.0, 0.0, 1.0, 1.1, -1.1));
        assertThat(histogram).isEqualTo(new Histogram(List.of(-1.0, 0.0, 1.0), List.of(1L, 3L), 1, 1));
        assertThatThrownBy(() -> Histogram.empty(List.of(1.0, 1.0))).hasMessageContaining("do not ascend");
    }

    private static QuantileSketch sketch(int capacity, double... values) {
        var accumulator = new QuantileSketch.Accumulator(capacity);
        Arrays.stream(values).forEach(accumulator::add);
        return accumulator.sketch();
    }

    @Property(tries = 200)
    void aSketchIsExactUpToItsCapacity(
            @ForAll @Size(min = 1, max = 16) List<@DoubleRange(min = -9, max = 9) Double> numbers,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        var values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        var sketch = sketch(16, values);
        assertThat(sketch.exact()).isTrue();
        assertThat(sketch.quantile(share).number().orElseThrow()).isCloseTo(Quantiles.of(values, share), within(1e-12));
    }

    @Property(tries = 100)
    void aSketchNeverErrsMoreThanItSays(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll long seed,
            @ForAll boolean ascending) {
        var draws = new SeededDraws(seed, 0);
        var all = IntStream.range(0, sizes.stream().mapToInt(Integer::intValue).sum())
                .mapToDouble(i -> ascending ? i : draws.below(1000))
                .toArray();
        var merged = sketch(64);
        var start = 0;
        for (var size : sizes) {
            merged = merged.merge(sketch(64, Arrays.copyOfRange(all, start, start + size)));
            start += size;
        }
        Arrays.sort(all);
        assertThat(merged.count()).isEqualTo(all.length);
        assertThat(merged.quantile(0)).isEqualTo(MetricValue.of(all[0]));
        assertThat(merged.quantile(1)).isEqualTo(MetricValue.of(all[all.length - 1]));
        for (var i = 0; i < all.length; i += 1 + all.length / 20) {
            var value = all[i];
            var exact = Arrays.stream(all).filter(one -> one <= value).count() / (double) all.length;
            assertThat(merged.share(value).number().orElseThrow()).isCloseTo(exact, within(merged.rankError() + 1e-12));
        }
    }

    @Test
    void aSketchOfAMillionIsWithinATenthOfAPercent() {
        var draws = new SeededDraws(9, 9);
        var sketch = sketch(
                QuantileSketch.DEFAULT_CAPACITY,
                IntStream.range(0, 1_000_000)
                        .mapToDouble(i -> draws.below(1_000_000))
                        .toArray());
        assertThat(sketch.rankError()).isBetween(1e-6, 1e-3);
        assertThat(sketch.quantile(0.5).number().orElseThrow()).isCloseTo(500_000, within(2_000.0));
    }

    @Test
    void anEmptySketchHasNoQuantiles() {
        assertThat(sketch(16).quantile(0.5)).isEqualTo(new MetricValue.Undefined("no values"));
        assertThat(sketch(16).share(1)).isEqualTo(new MetricValue.Undefined("no values"));
        assertThat(sketch(16).rankError()).isZero();
        assertThatThrownBy(() -> sketch(16).merge(sketch(32))).hasMessageContaining("capacities 16 and 32");
        assertThatThrownBy(() -> sketch(17)).hasMessageContaining("No sketch of capacity 17");
    }
}
