package dev.esteira.kernel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table in their order. Names are unique.
 */
public record Schema(List<Column> columns) {

    public Schema {
        columns = List.copyOf(columns);
        var names = new LinkedHashSet<String>();
        for (var column : columns) {
            if (!names.add(column.name())) {
                throw new EsteiraException(
                        KernelErrorCode.MALFORMED_NAME,
                        "Two columns are called '" + column.name() + "'.",
                        "Rename one of them.");
            }
        }
    }

    /** The column of that name, empty when there is none. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The names in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The columns with that role, in order. */
    public List<Column> withRole(Role role) {
        return columns.stream()
                .filter(column -> column.role().equals(Optional.of(role)))
                .toList();
    }

    /** The columns without a role, in order. */
    public List<Column> features() {
        return columns.stream().filter(column -> column.role().isEmpty()).toList();
    }
}
