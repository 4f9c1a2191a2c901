package dev.esteira.pipelinespec;

import java.time.Duration;
import java.util.List;

/**
 * When a failed attempt is followed by another.
 *
 * @param maxAttempts at least 1
 * @param retryOn causes: {@code infra}, {@code lost}, {@code oom}, {@code timeout}, {@code exit:N}
 * @param initial the first pause
 * @param factor by which each pause is longer than the one before, at least 1
 * @param longest the longest pause
 * @param jitter the share, from 0 to 1, by which a pause may be longer or shorter
 */
public record RetrySpec(
        int maxAttempts, List<String> retryOn, Duration initial, double factor, Duration longest, double jitter) {

    /** Where a file says nothing: infrastructure that fails and attempts that get lost are tried three times. */
    public static final RetrySpec DEFAULT =
            new RetrySpec(3, List.of("infra", "lost"), Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0);

    public RetrySpec {
        retryOn = List.copyOf(retryOn);
    }
}
