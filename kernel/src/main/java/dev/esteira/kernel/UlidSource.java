package dev.esteira.kernel;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Ids that sort by the time they were made: 48 bits of milliseconds and 80 random bits, after the ULID specification. */
public final class UlidSource implements IdSource {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis = -1;
    private long high;
    private long low;

    /** @param random a generator that other servers do not share, e.g. a SecureRandom */
    public UlidSource(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized String next() {
        var millis = Math.max(clock.millis(), lastMillis);
        if (millis == lastMillis) {
            low = (low + 1) & 0xFF_FFFF_FFFFL;
            high = low == 0 ? (high + 1) & 0xFF_FFFF_FFFFL : high;
        } else {
            high = random.nextLong() & 0xFF_FFFF_FFFFL;
            low = random.nextLong() & 0xFF_FFFF_FFFFL;
            lastMillis = millis;
        }
        var out = new StringBuilder(26);
        append(millis, 10, out);
        append(high, 8, out);
        append(low, 8, out);
        return out.toString();
    }

    private static void append(long bits, int characters, StringBuilder out) {
        for (var shift = (characters - 1) * 5; shift >= 0; shift -= 5) {
            out.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
        }
    }
}
