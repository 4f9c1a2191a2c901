package dev.esteira.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of rows whose value is missing when a check asks each row. */
enum Nulls {
    /** They are not asked and count neither way. */
    SKIP,
    /** They fail. */
    FAIL,
    /** They pass. */
    PASS;

    /** All names in files. */
    static List<String> texts() {
        return Arrays.stream(values())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** That of a name; the shape of a check lets no other through. */
    static Nulls of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
