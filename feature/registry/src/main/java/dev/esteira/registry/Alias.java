package dev.esteira.registry;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A movable name of a version, e.g. {@code champion}.
 *
 * @param value 1 to 255 letters, digits, dashes and underscores; not {@code latest} and not {@code v} and a number
 */
public record Alias(String value) {

    @Limit(value = "The name of an alias.", unit = "characters")
    private static final int LONGEST = 255;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST + "}");
    private static final Pattern VERSION = Pattern.compile("v\\d+");

    public Alias {
        var lower = value.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()
                || lower.equals("latest")
                || VERSION.matcher(lower).matches()) {
            throw new EsteiraException(
                    RegistryErrorCode.MODEL_ALIAS_MALFORMED,
                    "'" + value + "' is not an alias.",
                    "Use 1 to " + LONGEST + " letters, digits, - and _; 'latest' and 'v1' name versions already.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
