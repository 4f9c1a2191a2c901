package dev.esteira.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a column means for learning. A column without a role is a feature. */
public enum Role {
    LABEL,
    ID,
    TIME,
    GROUP,
    WEIGHT,
    PROTECTED;

    /** The name in files, e.g. {@code label}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name, empty when there is none. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
