package dev.esteira.transform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows for tests, from arrays. */
record TableRows(int size, Map<String, double[]> numbersByName, Map<String, @Nullable String[]> textsByName)
        implements Rows {

    @Override
    public double[] numbers(String column) {
        return java.util.Objects.requireNonNull(numbersByName.get(column));
    }

    @Override
    public @Nullable String[] texts(String column) {
        return java.util.Objects.requireNonNull(textsByName.get(column));
    }
}
