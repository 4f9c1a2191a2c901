package dev.esteira.document;

import dev.esteira.kernel.NearestName;
import java.util.Collection;

/** The remedy for a word that is none of the known ones. */
public final class Suggestion {

    private static final int LISTED = 12;

    private Suggestion() {}

    /**
     * {@code Did you mean 'x'?} when one is near, else the known words when they are few, else the given remedy.
     *
     * @param otherwise one sentence; empty for none
     */
    public static String of(String word, Collection<String> known, String otherwise) {
        return NearestName.of(word, known)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> known.isEmpty() || known.size() > LISTED
                        ? otherwise
                        : "Known here: " + String.join(", ", known) + ".");
    }
}
