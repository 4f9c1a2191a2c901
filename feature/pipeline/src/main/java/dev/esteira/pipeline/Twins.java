package dev.esteira.pipeline;

import java.util.Set;

/**
 * Of a step whose key others may have too.
 *
 * @param seen the attempts whose values were looked at and do not serve
 */
record Twins(Set<String> seen) {

    Twins {
        seen = Set.copyOf(seen);
    }
}
