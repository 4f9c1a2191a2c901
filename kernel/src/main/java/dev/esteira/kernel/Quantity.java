package dev.esteira.kernel;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations, sizes and shares with their units written out: {@code 250ms}, {@code 36h}, {@code 200MiB}, {@code 5%}. */
public final class Quantity {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([A-Za-z%]+)");
    private static final Map<String, Long> NANOS = Map.of(
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "min", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);
    private static final Map<String, Long> BYTES = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "TiB",
            1L << 40);

    private Quantity() {}

    /**
     * A duration such as {@code 15min}; units ms, s, min, h, d.
     *
     * @throws EsteiraException MALFORMED_QUANTITY; a bare {@code m} is refused because it could mean two things
     */
    public static Duration duration(String text) {
        var parts = parts(text, "a duration", "250ms, 10s, 15min, 36h, 7d");
        return Duration.ofNanos(exact(text, parts, NANOS, "a duration", "ms, s, min, h, d"));
    }

    /**
     * A size in bytes such as {@code 4GiB}; units B, kB, MB, GB, KiB, MiB, GiB, TiB.
     *
     * @throws EsteiraException MALFORMED_QUANTITY
     */
    public static long bytes(String text) {
        var parts = parts(text, "a size", "500kB, 200MiB, 4GiB");
        return exact(text, parts, BYTES, "a size", "B, kB, MB, GB, KiB, MiB, GiB, TiB");
    }

    /**
     * A share such as {@code 5%}, as a fraction: 0.05.
     *
     * @throws EsteiraException MALFORMED_QUANTITY
     */
    public static double share(String text) {
        var parts = parts(text, "a share", "5%");
        if (!parts.group(2).equals("%")) {
            throw malformed(text, "a share", "Write it like 5%.");
        }
        return new BigDecimal(parts.group(1)).movePointLeft(2).doubleValue();
    }

    private static Matcher parts(String text, String what, String examples) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text, what, "Write it like " + examples + ".");
        }
        return matcher;
    }

    private static long exact(String text, Matcher parts, Map<String, Long> units, String what, String names) {
        var unit = parts.group(2);
        if (unit.equals("m") && units.equals(NANOS)) {
            throw malformed(text, what, "Does 'm' mean minutes (min) or milliseconds (ms)? Write one of these.");
        }
        var factor = units.get(unit);
        if (factor == null) {
            throw malformed(text, what, "Use one of the units " + names + ".");
        }
        try {
            return new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(factor))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw malformed(text, what, "It is too large or too fine; use a smaller number or another unit.");
        }
    }

    private static EsteiraException malformed(String text, String what, String remedy) {
        return new EsteiraException(KernelErrorCode.MALFORMED_QUANTITY, "'" + text + "' is not " + what + ".", remedy);
    }
}
