package dev.esteira.tracking;

import java.util.List;
import java.util.Optional;

/**
 * What to look for, in which order, and which part of it.
 *
 * @param view only active or only deleted things; everything when empty
 * @param limit the most items, at least 1
 * @param offset how many to leave out
 */
public record Search(
        List<Comparison> comparisons, List<SearchOrder> orders, Optional<Lifecycle> view, int limit, long offset) {

    public Search {
        comparisons = List.copyOf(comparisons);
        orders = List.copyOf(orders);
    }

    /** Everything active that fits a filter, at most so many. */
    public static Search active(String filter, int limit) {
        return new Search(SearchFilter.parse(filter), List.of(), Optional.of(Lifecycle.ACTIVE), limit, 0);
    }
}
