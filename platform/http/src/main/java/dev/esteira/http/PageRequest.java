package dev.esteira.http;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.Optional;

/**
 * Which part of a list is asked for: query parameters {@code pageSize} and {@code pageToken}.
 *
 * @param size the most items, at least 1
 * @param after what the list put into the token of the page before, empty for the first page
 */
public record PageRequest(int size, Optional<Value.Fields> after) {

    /** The page size where a request names none. */
    public static final int DEFAULT_SIZE = 50;

    /** The largest page size that a request may ask for. */
    @Limit(value = "Items of one page of a list.", unit = "items")
    public static final int MAX_SIZE = 1000;
}
