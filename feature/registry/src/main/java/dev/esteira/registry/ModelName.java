package dev.esteira.registry;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;

/**
 * The name of a registered model.
 *
 * @param value 1 to 250 characters without slash, colon and control characters
 */
public record ModelName(String value) {

    @Limit(value = "The name of a registered model.", unit = "characters")
    private static final int LONGEST = 250;

    public ModelName {
        var unfit = value.isBlank()
                || value.length() > LONGEST
                || value.chars().anyMatch(unit -> unit == '/' || unit == ':' || Character.isISOControl(unit));
        if (unfit) {
            throw new EsteiraException(
                    RegistryErrorCode.MODEL_NAME_MALFORMED,
                    "'" + value + "' is not a model's name.",
                    "Use 1 to " + LONGEST + " characters without slash and colon.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
