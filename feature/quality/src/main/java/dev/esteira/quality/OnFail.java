package dev.esteira.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of rows that fail a check of each row. */
enum OnFail {
    /** They stay, and count towards the verdict. */
    REPORT,
    /** They are taken out and kept in the step's quarantine; the check is satisfied. */
    QUARANTINE,
    /** They are taken out and kept nowhere; the check is satisfied. */
    DROP;

    /** The name in files, e.g. {@code quarantine}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names in files. */
    static List<String> texts() {
        return Arrays.stream(values()).map(OnFail::text).toList();
    }

    /** That of a name; the shape of a check lets no other through. */
    static OnFail of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
