package dev.esteira.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The inputs of a step together: the parts of a split in the order in which they were named.
 *
 * @param tables by input name
 */
public record Parts(SequencedMap<String, Table> tables) {

    public Parts {
        tables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tables));
    }

    /** The name of the part to learn from: {@code train}, else the first. */
    String trainName() {
        return tables.containsKey("train") ? "train" : tables.firstEntry().getKey();
    }

    /** The part to learn from. */
    Table train() {
        var table = tables.get(trainName());
        return table == null ? tables.firstEntry().getValue() : table;
    }

    /** The names of the other parts. */
    List<String> others() {
        return tables.keySet().stream()
                .filter(name -> !name.equals(trainName()))
                .toList();
    }

    /** The part of a name. */
    Table table(String name) {
        var table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("There is no part " + name);
        }
        return table;
    }
}
