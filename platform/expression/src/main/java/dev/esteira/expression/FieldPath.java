package dev.esteira.expression;

import java.util.List;

/**
 * A name with what follows its dots, as an expression uses it, e.g. {@code report.interval.roc_auc.low}; an item of a
 * list is {@link #ITEM}.
 *
 * @param offset where its last name stands in the expression, in code points, from 0
 * @param tested whether the expression only asks whether it exists
 */
public record FieldPath(List<String> names, int offset, boolean tested) {

    /** Stands for any item of a list. */
    public static final String ITEM = "[]";

    public FieldPath {
        names = List.copyOf(names);
    }

    /** The names joined as people write them. */
    public String text() {
        return String.join(".", names).replace("." + ITEM, ITEM);
    }
}
