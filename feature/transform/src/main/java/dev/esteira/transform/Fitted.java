package dev.esteira.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What fitting gave.
 *
 * @param crossFitted the columns of the training rows that are not what the transform would give them, because a row
 *     may not know its own label: by name, NaN where missing, in the order of the rows
 */
record Fitted(Transform transform, SequencedMap<String, double[]> crossFitted) {
    Fitted {
        crossFitted = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(crossFitted));
    }
}
