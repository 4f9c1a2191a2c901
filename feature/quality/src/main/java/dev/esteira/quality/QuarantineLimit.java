package dev.esteira.quality;

import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.util.Locale;
import java.util.Optional;

/**
 * How many rows of an input may be taken out before the step fails.
 *
 * @param ratio of the input's rows
 */
record QuarantineLimit(long rows, double ratio) {

    private static final double DEFAULT_RATIO = 0.01;

    /** The field {@code quarantineLimit}. */
    static final Shape.Field FIELD = Shape.Field.optional(
            "quarantineLimit",
            Shape.Group.of(
                    Shape.Field.optional("rows", new Shape.WholeIn(0, Long.MAX_VALUE), "The most rows of an input."),
                    Shape.Field.optional(
                            "ratio",
                            new Shape.NumberIn(0, 1),
                            "The most of an input's rows; 0.01 unless said otherwise.")),
            "How many rows checks may take out, into quarantine or dropped, before the step fails.");

    static QuarantineLimit of(Value.Fields fields) {
        return new QuarantineLimit(
                fields.whole("rows").orElse(Long.MAX_VALUE),
                fields.number("ratio").orElse(DEFAULT_RATIO));
    }

    /** The sentence that says how the limit was passed; empty when it was not. */
    Optional<String> passedBy(String input, CheckReport.RowCounts counts) {
        var share = counts.in() == 0 ? 0 : (double) counts.takenOut() / counts.in();
        if (counts.takenOut() <= rows && share <= ratio) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s of %s rows of '%s' would be %s (%s), more than the limit of %s allows.",
                Figures.count(counts.takenOut()),
                Figures.count(counts.in()),
                input,
                counts.dropped() == 0 ? "quarantined" : "taken out",
                Figures.percent(share),
                rows == Long.MAX_VALUE
                        ? Figures.percent(ratio)
                        : Figures.count(rows) + " rows or " + Figures.percent(ratio)));
    }
}
