package dev.esteira.tracking;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * One key by which a search sorts.
 *
 * @param entity as in {@link Comparison}
 */
public record SearchOrder(String entity, String key, boolean ascending) {

    /**
     * The keys of a list of clauses such as {@code metrics.loss DESC}.
     *
     * @throws dev.esteira.kernel.EsteiraException INVALID_PARAMETER_VALUE when one is malformed or there twice
     */
    public static List<SearchOrder> parse(List<String> clauses) {
        var orders = clauses.stream().map(SearchOrder::of).toList();
        var seen = new HashSet<String>();
        for (var order : orders) {
            if (!seen.add(order.entity() + "." + order.key())) {
                throw TrackingRules.invalid("order_by names '" + order.key() + "' twice.");
            }
        }
        return orders;
    }

    private static SearchOrder of(String clause) {
        var text = clause.strip();
        var upper = text.toUpperCase(Locale.ROOT);
        var ascending = !upper.endsWith(" DESC");
        if (upper.endsWith(" DESC") || upper.endsWith(" ASC")) {
            text = text.substring(0, text.lastIndexOf(' ')).strip();
        }
        var dot = text.indexOf('.');
        var entity = dot < 0 ? "" : text.substring(0, dot).toLowerCase(Locale.ROOT);
        var written = text.substring(dot + 1);
        var key = unquoted(written);
        if (key.equals(written) && written.contains(" ")) {
            throw TrackingRules.invalid("'" + clause + "' in order_by ends neither with ASC nor with DESC; a key with"
                    + " blanks stands in backticks.");
        }
        if (key.isEmpty()) {
            throw TrackingRules.invalid("'" + clause + "' in order_by names no key; write e.g. metrics.loss DESC.");
        }
        return new SearchOrder(entity, key, ascending);
    }

    private static String unquoted(String key) {
        var quoted = key.length() >= 2
                && (key.startsWith("`") || key.startsWith("\""))
                && key.charAt(key.length() - 1) == key.charAt(0);
        return quoted ? key.substring(1, key.length() - 1) : key;
    }
}
