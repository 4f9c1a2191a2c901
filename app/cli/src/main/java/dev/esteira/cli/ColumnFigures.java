package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The figures of a column's profile by the names under which people read them. */
final class ColumnFigures {

    private static final Map<String, String> NUMBERS = names(
            "mean",
            "mean",
            "std",
            "standard deviation",
            "zeros",
            "zeros",
            "negatives",
            "negatives",
            "nan",
            "NaN",
            "infinite",
            "infinite");
    private static final Map<String, String> TEXTS =
            names("empty", "empty", "minLength", "shortest", "maxLength", "longest", "meanLength", "mean length");
    private static final int MOST_LETTERS = 24;
    private static final double MEDIAN = 0.5;

    private ColumnFigures() {}

    private static Map<String, String> names(String... pairs) {
        var names = new LinkedHashMap<String, String>();
        for (var index = 0; index < pairs.length; index += 2) {
            names.put(pairs[index], pairs[index + 1]);
        }
        return names;
    }

    static SequencedMap<String, String> of(Value.Fields column) {
        var figures = new LinkedHashMap<String, String>();
        column.whole("nulls").ifPresent(count -> figures.put("missing", RunText.grouped(count)));
        column.whole("distinct").ifPresent(count -> figures.put("distinct", RunText.grouped(count)));
        put(figures, "min", column, "min");
        put(figures, "max", column, "max");
        for (var item : column.items("quantiles")) {
            var quantile = item.asFields().orElse(Value.Fields.EMPTY);
            if (quantile.number("p").orElse(0.0) == MEDIAN) {
                put(figures, "median", quantile, "value");
            }
        }
        NUMBERS.forEach((field, name) -> put(figures, name, column.fields("numbers"), field));
        TEXTS.forEach((field, name) -> put(figures, name, column.fields("texts"), field));
        column.items("top").stream()
                .findFirst()
                .flatMap(Value::asFields)
                .ifPresent(top -> figures.put(
                        "most frequent",
                        cut(top.field("value").map(RunText::datum).orElse("")) + " ("
                                + RunText.grouped(top.whole("count").orElse(0L)) + ")"));
        return figures;
    }

    private static void put(Map<String, String> figures, String name, Value.Fields from, String field) {
        from.field(field).ifPresent(value -> figures.put(name, cut(RunText.datum(value))));
    }

    private static String cut(String text) {
        return text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS - 1) + "…" : text;
    }
}
