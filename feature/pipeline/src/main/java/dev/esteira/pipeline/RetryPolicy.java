package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a failed attempt is followed by another.
 *
 * @param maxAttempts attempts that count, at least 1; a lost one does not
 * @param retryOn words of {@link Cause}
 * @param initial the first pause
 * @param factor by which each pause is longer than the one before
 * @param longest the longest pause
 * @param jitter the share, from 0 to 1, by which a pause may be longer or shorter
 */
record RetryPolicy(
        int maxAttempts, List<String> retryOn, Duration initial, double factor, Duration longest, double jitter) {

    /** How often an attempt may get lost before the step fails: nothing is repeated for ever. */
    @Limit(value = "Attempts that may get lost before a step fails.", unit = "attempts")
    static final int MAX_LOST = 100;

    static final RetryPolicy ONCE = new RetryPolicy(1, List.of(), Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0);

    RetryPolicy {
        retryOn = List.copyOf(retryOn);
    }

    /**
     * The pause before the next attempt, empty when there is none.
     *
     * @param charged attempts so far that count, the failed one included
     * @param attempt the id of the failed attempt, from which the jitter is taken
     */
    Optional<Duration> pause(Cause cause, int charged, String attempt) {
        if (charged >= maxAttempts || !cause.namedIn(retryOn)) {
            return Optional.empty();
        }
        var plain = (double) initial.toNanos() * Math.pow(factor, Math.max(0, charged - 1));
        var bounded = Math.min(plain, (double) longest.toNanos());
        return Optional.of(Duration.ofNanos((long) (bounded * (1 + jitter * spread(attempt)))));
    }

    /** A number between -1 and 1 that the attempt's id decides. */
    private static double spread(String attempt) {
        var bits = Long.parseUnsignedLong(Digest.ofText(attempt).hex().substring(0, 8), 16);
        return bits / 0xFFFF_FFFFp0 * 2 - 1;
    }
}
