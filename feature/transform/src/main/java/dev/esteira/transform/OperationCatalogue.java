package dev.esteira.transform;

import dev.esteira.spi.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The operations that a {@code transform} step can fit, for the reference and for tools. */
public final class OperationCatalogue {

    private static final Map<String, String> DOCUMENTATION = Map.of(
            "impute",
            "Puts a value where one is missing, which is learnt from the training rows or constant, and says so in a"
                    + " column `NAME_missing` where `indicator` is true.",
            "clip",
            "Holds numbers between two bounds, which are given or are quantiles of the training rows; a missing number"
                    + " stays missing.",
            "scale",
            "Shifts and stretches numbers by what the training rows have; a column whose spread is zero is only shifted.",
            "encode",
            "Makes numbers of categories: `oneHot` gives one column of 1 and 0 for each category of the training rows,"
                    + " named `COLUMN=CATEGORY`; `target` gives the mean of the label, drawn towards the mean over all"
                    + " rows, which for the training rows themselves comes from the other folds.",
            "cyclical",
            "Replaces a number by the sine and cosine of its place in a period, as `NAME_sin` and `NAME_cos`.",
            "derive",
            "Makes columns from others: two columns, or a column and a number, joined, or a function of one column.",
            "drop",
            "Leaves columns out.");

    private OperationCatalogue() {}

    /**
     * An operation.
     *
     * @param name its key in an item of {@code ops}
     * @param documentation what it does
     * @param shape its fields
     */
    public record Entry(String name, String documentation, Shape shape) {}

    /** All operations by name. */
    public static List<Entry> entries() {
        return OperationReader.SHAPE.variants().entrySet().stream()
                .map(variant -> new Entry(variant.getKey(), documentation(variant.getKey()), variant.getValue()))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    private static String documentation(String name) {
        var text = DOCUMENTATION.get(name);
        if (text == null) {
            throw new IllegalStateException("The operation " + name + " is not documented");
        }
        return text;
    }
}
