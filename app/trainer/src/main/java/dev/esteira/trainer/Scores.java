package dev.esteira.trainer;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Reads what the library says of a round: {@code [12]\ttrain-logloss:0.51\tvalidation-logloss:0.55}. */
final class Scores {

    private Scores() {}

    /** The scores of a round by name, in the library's order. */
    static SequencedMap<String, Double> parse(String line) {
        var scores = new LinkedHashMap<String, Double>();
        var parts = line.strip().split("\t", -1);
        for (var index = 1; index < parts.length; index++) {
            var colon = parts[index].lastIndexOf(':');
            if (colon < 1) {
                throw TrainerMain.malformed("The library's line '" + line + "' has no scores.");
            }
            scores.put(parts[index].substring(0, colon), Double.valueOf(parts[index].substring(colon + 1)));
        }
        return scores;
    }
}
