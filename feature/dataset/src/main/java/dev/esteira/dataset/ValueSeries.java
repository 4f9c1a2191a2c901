package dev.esteira.dataset;

import dev.esteira.dataset.ColumnProfile.Frequency;
import dev.esteira.dataset.ColumnProfile.Histogram;
import dev.esteira.dataset.ColumnProfile.Numbers;
import dev.esteira.dataset.ColumnProfile.Quantile;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Takes the different values of a column in ascending order, each once with its count, and keeps their figures. Going
 * by value and not by row makes the sums the same whatever the order of the rows was.
 */
final class ValueSeries {

    static final List<Double> QUANTILES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);
    static final int TOP = 10;
    static final int BINS = 20;

    private final LogicalType type;
    private final long finite;
    private final double min;
    private final double max;
    private final long[] bins = new long[BINS];
    private final List<Candidate> top = new ArrayList<>();
    private final List<Quantile> quantiles = new ArrayList<>();
    private long distinct;
    private long seen;
    private long nan;
    private long infinite;
    private long zeros;
    private long negatives;
    private double mean;
    private double squares;

    /**
     * @param finite the number of finite values to come
     * @param min the smallest of them, NaN when there is none
     * @param max the largest of them, NaN when there is none
     */
    ValueSeries(LogicalType type, long finite, double min, double max) {
        this.type = type;
        this.finite = finite;
        this.min = min;
        this.max = max;
    }

    /** The next larger value of a column of doubles. */
    void add(double value, long count) {
        if (Double.isFinite(value)) {
            addFinite(value, Double.doubleToLongBits(value), count);
        } else {
            distinct++;
            nan += Double.isNaN(value) ? count : 0;
            infinite += Double.isInfinite(value) ? count : 0;
        }
    }

    /** The next larger value of a column of 64-bit integers. */
    void add(long value, long count) {
        addFinite((double) value, value, count);
    }

    /** West's weighted update (1979) adds all rows of one value at once. */
    private void addFinite(double value, long exact, long count) {
        distinct++;
        rank(exact, count);
        while (quantiles.size() < QUANTILES.size() && seen + count >= rankOf(QUANTILES.get(quantiles.size()))) {
            quantiles.add(new Quantile(QUANTILES.get(quantiles.size()), rendered(exact)));
        }
        seen += count;
        var delta = value - mean;
        mean += delta * ((double) count / seen);
        squares += delta * (value - mean) * count;
        zeros += value == 0 ? count : 0;
        negatives += value < 0 ? count : 0;
        if (max > min) {
            bins[(int) Math.min(BINS - 1, (value / 2 - min / 2) / (max / 2 - min / 2) * BINS)] += count;
        }
    }

    private long rankOf(double p) {
        return Math.max(1, (long) Math.ceil(p * finite));
    }

    private void rank(long exact, long count) {
        if (top.size() == TOP && top.getLast().count >= count) {
            return;
        }
        var at = top.size();
        while (at > 0 && top.get(at - 1).count < count) {
            at--;
        }
        top.add(at, new Candidate(exact, count));
        if (top.size() > TOP) {
            top.removeLast();
        }
    }

    long distinct() {
        return distinct;
    }

    List<Frequency> top() {
        if (distinct > TOP && top.getFirst().count == 1) {
            return List.of();
        }
        return top.stream()
                .map(candidate -> new Frequency(rendered(candidate.exact), candidate.count))
                .toList();
    }

    List<Quantile> quantiles() {
        return type == LogicalType.BOOLEAN ? List.of() : quantiles;
    }

    Optional<Histogram> histogram() {
        return max > min && type != LogicalType.BOOLEAN
                ? Optional.of(new Histogram(LongStream.of(bins).boxed().toList()))
                : Optional.empty();
    }

    Optional<Numbers> numbers() {
        if (!type.numeric() || finite + nan + infinite == 0) {
            return Optional.empty();
        }
        return Optional.of(new Numbers(
                finite,
                nan,
                infinite,
                zeros,
                negatives,
                finiteOnly(finite == 0 ? Double.NaN : mean),
                finiteOnly(finite < 2 ? Double.NaN : Math.sqrt(squares / (finite - 1)))));
    }

    private static Optional<Double> finiteOnly(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private Value rendered(long exact) {
        return rendered(type, exact);
    }

    /** A value as JSON has it; doubles come as their bits, dates as days, timestamps as microseconds since 1970. */
    static Value rendered(LogicalType type, long exact) {
        return switch (type) {
            case INTEGER -> Value.of(exact);
            case NUMBER, DECIMAL -> Value.of(Double.longBitsToDouble(exact));
            case BOOLEAN -> Value.of(exact != 0);
            case DATE -> Value.of(LocalDate.ofEpochDay(exact).toString());
            case TIMESTAMP ->
                Value.of(Instant.EPOCH.plus(exact, ChronoUnit.MICROS).toString());
            case STRING -> throw new IllegalArgumentException("Texts have no number");
        };
    }

    private record Candidate(long exact, long count) {}
}
