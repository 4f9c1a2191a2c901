package dev.esteira.quality;

import java.util.Locale;

/** What a check found. */
public enum Verdict {
    PASS,
    FAIL,
    /** The data is not enough to tell. Blocks a gate when the check is of severity error, and warns on data. */
    UNDECIDED,
    /** There was nothing to ask, e.g. no reference to compare with. */
    SKIPPED;

    /** The name in reports, e.g. {@code pass}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
