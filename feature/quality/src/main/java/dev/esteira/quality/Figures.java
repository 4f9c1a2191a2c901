package dev.esteira.quality;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes figures for people: enough digits to act on, the same on every machine. */
final class Figures {

    /** Smaller whole numbers may be years or times of day, which nobody groups. */
    private static final long GROUPED_FROM = 10_000;

    private Figures() {}

    static String text(Value value) {
        return value instanceof Value.Whole(var whole) && Math.abs(whole) >= GROUPED_FROM
                ? count(whole)
                : value.asText().orElseGet(() -> CanonicalJson.text(value));
    }

    /** A count with its noun, in the plural where it is none or several. */
    static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Six significant digits at most. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        var rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
        return rounded.precision() - rounded.scale() > 15 || rounded.scale() > 12
                ? rounded.toString()
                : rounded.toPlainString();
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }

    /** A share as a percentage, rounded so that a single exception is still visible. */
    static String percent(double share) {
        var rounded = String.format(Locale.ROOT, "%.2f %%", share * 100);
        return share < 1 && rounded.equals("100.00 %") ? "just below 100 %" : rounded;
    }
}
