package dev.esteira.tracking;

import java.util.List;
import java.util.Optional;

/**
 * One comparison of a search.
 *
 * @param entity what stands before the first dot, in lower case; empty when there is no dot
 * @param key what stands behind it
 * @param values the texts to compare with: one, several for IN, none for IS NULL
 * @param quoted whether the values stood in quotes
 */
public record Comparison(String entity, String key, Operator operator, List<String> values, boolean quoted) {

    public Comparison {
        values = List.copyOf(values);
    }

    /** How two values are compared. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LIKE("LIKE"),
        ILIKE("ILIKE"),
        IN("IN"),
        NOT_IN("NOT IN"),
        IS_NULL("IS NULL"),
        IS_NOT_NULL("IS NOT NULL");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** As written in a filter. */
        public String text() {
            return text;
        }

        static Optional<Operator> ofSymbol(String symbol) {
            for (var operator : List.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL)) {
                if (operator.text.equals(symbol)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }
    }

    /** The comparison as people write it, for errors. */
    public String text() {
        var name = entity.isEmpty() ? key : entity + "." + key;
        return name + " " + operator.text();
    }

    /**
     * The number to compare with.
     *
     * @throws dev.esteira.kernel.EsteiraException INVALID_PARAMETER_VALUE when it is none
     */
    public double number() {
        try {
            if (!quoted) {
                return Double.parseDouble(values.getFirst());
            }
        } catch (NumberFormatException e) {
            throw TrackingRules.invalid("'" + values.getFirst() + "' in the filter at '" + text() + "' is no number.");
        }
        throw TrackingRules.invalid(
                "The filter compares '" + text() + "' with a text; it is a number, without quotes.");
    }

    /**
     * The text to compare with.
     *
     * @throws dev.esteira.kernel.EsteiraException INVALID_PARAMETER_VALUE when it is not quoted
     */
    public String quotedText() {
        if (!quoted) {
            throw TrackingRules.invalid("The filter compares '" + text() + "' with " + values.getFirst()
                    + ", which is a text; put it in quotes.");
        }
        return values.getFirst();
    }
}
