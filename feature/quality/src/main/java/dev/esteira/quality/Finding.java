package dev.esteira.quality;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one check found on one input.
 *
 * @param observed what was seen, with its figures, for people
 * @param expected what would have passed, for people
 * @param value the figure that is kept in the history, where there is one
 * @param checked the rows that the check could be asked of
 * @param failing the rows that failed it
 * @param examples a few of the values that failed
 */
public record Finding(
        Verdict verdict,
        String observed,
        String expected,
        OptionalDouble value,
        long checked,
        long failing,
        List<String> examples) {

    public Finding {
        examples = List.copyOf(examples);
    }

    /** A finding about a figure of the whole table. */
    public static Finding of(boolean passed, String observed, String expected, double value) {
        return new Finding(
                passed ? Verdict.PASS : Verdict.FAIL, observed, expected, OptionalDouble.of(value), 0, 0, List.of());
    }

    /** Nobody can tell. */
    public static Finding undecided(String why, String expected) {
        return new Finding(Verdict.UNDECIDED, why, expected, OptionalDouble.empty(), 0, 0, List.of());
    }

    /** The same with examples of failing values. */
    Finding withExamples(List<String> failingValues) {
        return new Finding(verdict, observed, expected, value, checked, failing, failingValues);
    }
}
