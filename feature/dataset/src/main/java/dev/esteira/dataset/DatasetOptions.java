package dev.esteira.dataset;

import dev.esteira.kernel.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How rows are written as a data set.
 *
 * @param roles by column name
 * @param orderBy columns that decide the order of the rows; when there are none, the columns of role {@code id}, else
 *     all. Ties are broken by all columns in their order
 */
public record DatasetOptions(Map<String, Role> roles, List<String> orderBy) {

    /** No roles, ordered by all columns. */
    public static final DatasetOptions NONE = new DatasetOptions(Map.of(), List.of());

    public DatasetOptions {
        roles = Map.copyOf(roles);
        orderBy = List.copyOf(orderBy);
    }

    /** The roles and the order of another data set, as far as its columns are among the names. */
    public static DatasetOptions inherited(Dataset from, List<String> names) {
        SequencedMap<String, Role> roles = new LinkedHashMap<>();
        for (var column : from.schema().columns()) {
            column.role()
                    .filter(role -> names.contains(column.name()))
                    .ifPresent(role -> roles.put(column.name(), role));
        }
        return new DatasetOptions(
                roles, from.orderBy().stream().filter(names::contains).toList());
    }
}
