package dev.esteira.work;

import java.time.Duration;

/**
 * How often and when failed work is tried again. The pause doubles each time.
 *
 * @param attemptsMax all attempts together, at least 1
 * @param firstPause before the second attempt
 * @param longestPause no pause is longer
 */
public record RetryPolicy(int attemptsMax, Duration firstPause, Duration longestPause) {

    /** Ten attempts within about half an hour. */
    public static final RetryPolicy STANDARD = new RetryPolicy(10, Duration.ofSeconds(1), Duration.ofMinutes(10));

    /** Every hour for about a month: of a timer that repeats, which somebody would otherwise have to set again. */
    public static final RetryPolicy TIMER = new RetryPolicy(720, Duration.ofMinutes(1), Duration.ofHours(1));

    private static final int DOUBLINGS_MAX = 30;

    public RetryPolicy {
        if (attemptsMax < 1 || firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("A retry policy has at least one attempt and pauses that grow");
        }
    }

    /** Whether work that has failed so often is given up. */
    boolean ends(int attempts) {
        return attempts >= attemptsMax;
    }

    /** The pause after that many failed attempts. */
    Duration pause(int attempts) {
        var pause = firstPause.multipliedBy(1L << Math.min(DOUBLINGS_MAX, attempts - 1));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
