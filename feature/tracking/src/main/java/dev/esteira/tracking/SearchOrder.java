package dev.esteira.tracking;

import dev.esteira.kernel.Limit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * One key by which a search sorts.
 *
 * @param entity as in {@link Comparison}
 */
public record SearchOrder(String entity, String key, boolean ascending) {

    /** Each key may join a table, and SQLite joins 64 at most. */
    @Limit(value = "Keys that a search sorts by.", unit = "items")
    static final int ORDERS_MAX = 20;

    @Limit(value = "One key that a search sorts by, with its direction.", unit = "characters")
    static final int CLAUSE_LENGTH = 500;

    /**
     * The keys of a list of clauses such as {@code metrics.loss DESC}.
     *
     * @throws dev.esteira.kernel.EsteiraException INVALID_PARAMETER_VALUE when one is malformed or there twice,
     *     or there are too many
     */
    public static List<SearchOrder> parse(List<String> clauses) {
        return distinct(TrackingRules.count("keys in order_by", clauses, ORDERS_MAX).stream()
                .map(SearchOrder::of)
                .toList());
    }

    /** Keys of which none is there twice, and not too many. */
    static List<SearchOrder> distinct(List<SearchOrder> orders) {
        TrackingRules.count("keys in order_by", orders, ORDERS_MAX);
        var seen = new HashSet<String>();
        for (var order : orders) {
            if (!seen.add(order.entity() + "." + order.key())) {
                throw TrackingRules.invalid("order_by names '" + order.key() + "' twice.");
            }
        }
        return orders;
    }

    private static SearchOrder of(String clause) {
        var text =
                TrackingRules.atMost("A key in order_by", clause, CLAUSE_LENGTH).strip();
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
