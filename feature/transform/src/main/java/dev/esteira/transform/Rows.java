package dev.esteira.transform;

import org.jspecify.annotations.Nullable;

/** Raw rows, column by column. What it hands out is shared and not to be changed. */
public interface Rows {

    /** The number of rows. */
    int size();

    /** A column as numbers, NaN where it is missing; integers, decimals and booleans (1 and 0) converted. */
    double[] numbers(String column);

    /** A column of texts, null where it is missing. */
    @Nullable
    String[] texts(String column);
}
