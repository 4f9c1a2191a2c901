package dev.esteira.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MetricLawsTest {

    @Provide
    Arbitrary<Metric> points() {
        var values =
                Arbitraries.of(0.0, -0.0, 1.0, -2.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        var times = Arbitraries.longs().between(0, 3);
        var steps = Arbitraries.longs().between(-2, 2);
        return Combinators.combine(values, times, steps).as((value, time, step) -> new Metric("m", value, time, step));
    }

    @Provide
    Arbitrary<List<Metric>> histories() {
        return points().list().ofMinSize(1).ofMaxSize(8);
    }

    /** NaN counts as 0, so the two may tie; what is stored of them is the same place in the order. */
    @Property
    void theLatestPointIsTheSameInWhicheverOrderTheyArrive(@ForAll("histories") List<Metric> history) {
        var latest = Collections.max(history, Metric.LATEST);
        var reversed = Collections.max(history.reversed(), Metric.LATEST);

        assertThat(Metric.LATEST.compare(latest, reversed)).isZero();
        assertThat(history)
                .allSatisfy(point ->
                        assertThat(Metric.LATEST.compare(latest, point)).isNotNegative());
    }

    @Property
    void whatIsStoredComesBack(@ForAll("points") Metric point) {
        var back = Metric.ofStored(point.key(), point.storedValue(), point.nan(), point.loggedMillis(), point.step());

        assertThat(back).isEqualTo(point);
        assertThat(point.storedValue()).isFinite();
    }
}
