package dev.esteira.dataset;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is in one column. Values stand as they would in JSON: dates and timestamps as ISO 8601 texts, decimals as
 * numbers, texts cut after 200 characters.
 *
 * @param nulls the number of missing values
 * @param distinct the number of different values, missing ones aside
 * @param min the smallest finite value, empty when there is none
 * @param max the largest finite value, empty when there is none
 * @param top the most frequent values, the most frequent first, ties by value; none when every value is unique
 * @param numbers for integer, number and decimal columns with a finite value
 * @param quantiles for everything but texts and flags: the value at rank ⌈p·n⌉ of the finite ones
 * @param histogram for everything but texts and flags, when there are two different finite values
 * @param texts for texts, when there is one
 */
public record ColumnProfile(
        String name,
        LogicalType type,
        long nulls,
        long distinct,
        Optional<Value> min,
        Optional<Value> max,
        List<Frequency> top,
        Optional<Numbers> numbers,
        List<Quantile> quantiles,
        Optional<Histogram> histogram,
        Optional<Texts> texts) {

    public ColumnProfile {
        top = List.copyOf(top);
        quantiles = List.copyOf(quantiles);
    }

    /** A value and how often it occurs. */
    public record Frequency(Value value, long count) {}

    /** The value at a rank: at least the share p of the values is not larger. */
    public record Quantile(double p, Value value) {}

    /**
     * Equal-width bins between the smallest and the largest value; the last one includes its upper edge.
     *
     * @param counts per bin
     */
    public record Histogram(List<Long> counts) {
        public Histogram {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Figures of numbers. Mean and deviation are of the finite values.
     *
     * @param finite the number of finite values
     * @param nan the number of values that are NaN
     * @param infinite the number of infinite values
     * @param mean the mean, empty when it is beyond doubles
     * @param std the sample standard deviation, √(Σ(x−mean)²/(n−1)); empty for one value or beyond doubles
     */
    public record Numbers(
            long finite,
            long nan,
            long infinite,
            long zeros,
            long negatives,
            Optional<Double> mean,
            Optional<Double> std) {}

    /**
     * Figures of texts; lengths in Unicode code points.
     *
     * @param empty the number of empty texts
     */
    public record Texts(long empty, long minLength, long maxLength, double meanLength) {}

    Value.Fields value() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("name", Value.of(name));
        fields.put("type", Value.of(type.text()));
        fields.put("nulls", Value.of(nulls));
        fields.put("distinct", Value.of(distinct));
        min.ifPresent(value -> fields.put("min", value));
        max.ifPresent(value -> fields.put("max", value));
        fields.put(
                "top", list(top, frequency -> entry("value", frequency.value(), "count", Value.of(frequency.count()))));
        numbers.ifPresent(figures -> fields.put("numbers", value(figures)));
        if (!quantiles.isEmpty()) {
            fields.put(
                    "quantiles",
                    list(quantiles, quantile -> entry("p", Value.of(quantile.p()), "value", quantile.value())));
        }
        histogram.ifPresent(bins -> fields.put("histogram", list(bins.counts(), Value::of)));
        texts.ifPresent(figures -> fields.put("texts", value(figures)));
        return Value.ofFields(fields);
    }

    static ColumnProfile of(Value.Fields fields) {
        return new ColumnProfile(
                fields.text("name").orElse(""),
                fields.text("type").flatMap(LogicalType::of).orElse(LogicalType.STRING),
                fields.whole("nulls").orElse(0L),
                fields.whole("distinct").orElse(0L),
                fields.field("min"),
                fields.field("max"),
                items(
                        fields,
                        "top",
                        item -> new Frequency(item.field("value").orElse(Value.NOTHING), whole(item, "count"))),
                fields.field("numbers").flatMap(Value::asFields).map(ColumnProfile::numbers),
                items(
                        fields,
                        "quantiles",
                        item -> new Quantile(
                                item.number("p").orElse(0.0),
                                item.field("value").orElse(Value.NOTHING))),
                fields.field("histogram")
                        .map(bins -> new Histogram(bins.items().stream()
                                .flatMap(count -> count.asWhole().stream())
                                .toList())),
                fields.field("texts").flatMap(Value::asFields).map(ColumnProfile::texts));
    }

    private static Value value(Numbers figures) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("finite", Value.of(figures.finite()));
        fields.put("nan", Value.of(figures.nan()));
        fields.put("infinite", Value.of(figures.infinite()));
        fields.put("zeros", Value.of(figures.zeros()));
        fields.put("negatives", Value.of(figures.negatives()));
        figures.mean().ifPresent(mean -> fields.put("mean", Value.of(mean)));
        figures.std().ifPresent(std -> fields.put("std", Value.of(std)));
        return Value.ofFields(fields);
    }

    private static Value value(Texts figures) {
        return Value.ofFields(Map.of(
                "empty", Value.of(figures.empty()),
                "minLength", Value.of(figures.minLength()),
                "maxLength", Value.of(figures.maxLength()),
                "meanLength", Value.of(figures.meanLength())));
    }

    private static Numbers numbers(Value.Fields fields) {
        return new Numbers(
                whole(fields, "finite"),
                whole(fields, "nan"),
                whole(fields, "infinite"),
                whole(fields, "zeros"),
                whole(fields, "negatives"),
                fields.number("mean"),
                fields.number("std"));
    }

    private static Texts texts(Value.Fields fields) {
        return new Texts(
                whole(fields, "empty"),
                whole(fields, "minLength"),
                whole(fields, "maxLength"),
                fields.number("meanLength").orElse(0.0));
    }

    private static long whole(Value.Fields fields, String name) {
        return fields.whole(name).orElse(0L);
    }

    private static <T> List<T> items(Value.Fields fields, String name, Function<Value.Fields, T> read) {
        return fields.items(name).stream()
                .map(item -> read.apply(item.asFields().orElse(Value.Fields.EMPTY)))
                .toList();
    }

    private static <T> Value list(List<T> items, Function<T, Value> write) {
        return new Value.Sequence(items.stream().map(write).toList());
    }

    private static Value entry(String first, Value one, String second, Value two) {
        return Value.ofFields(Map.of(first, one, second, two));
    }
}
