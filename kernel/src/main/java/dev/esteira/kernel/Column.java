package dev.esteira.kernel;

import java.util.Optional;

/**
 * A column of a table.
 *
 * @param nullable whether a value may be missing
 * @param role what the column means for learning, empty for a feature
 */
public record Column(String name, LogicalType type, boolean nullable, Optional<Role> role) {

    public Column {
        if (name.isEmpty()) {
            throw new EsteiraException(KernelErrorCode.MALFORMED_NAME, "A column has an empty name.", "Give it one.");
        }
    }

    /** The same column with another role. */
    public Column withRole(Role newRole) {
        return new Column(name, type, nullable, Optional.of(newRole));
    }
}
