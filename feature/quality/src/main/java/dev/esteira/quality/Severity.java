package dev.esteira.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What follows when a check fails. */
public enum Severity {
    /** Nothing: it is written down. */
    INFO,
    /** A person should look. */
    WARN,
    /** The step fails. */
    ERROR;

    /** The name in files, e.g. {@code warn}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names in files. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Severity::text).toList();
    }

    /** The severity of that name; the shape of a check lets no other through. */
    public static Severity of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
