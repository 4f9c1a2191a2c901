package dev.esteira.pipeline;

import java.util.List;

/**
 * Why an attempt ended without a result, in one of a few closed words: {@code infra}, {@code lost}, {@code oom},
 * {@code timeout}, {@code exit:N}, {@code user}, {@code internal}, {@code refused}, {@code cancelled}.
 */
record Cause(String word) {

    static final Cause INFRA = new Cause("infra");
    static final Cause LOST = new Cause("lost");
    static final Cause OOM = new Cause("oom");
    static final Cause TIMEOUT = new Cause("timeout");
    static final Cause USER = new Cause("user");
    static final Cause INTERNAL = new Cause("internal");
    static final Cause REFUSED = new Cause("refused");
    static final Cause CANCELLED = new Cause("cancelled");

    static Cause exit(int status) {
        return new Cause("exit:" + status);
    }

    /** Whether a retry policy names this cause. A refusal and a cancellation are answers, never tried again. */
    boolean namedIn(List<String> retryOn) {
        return !equals(REFUSED) && !equals(CANCELLED) && retryOn.contains(word);
    }
}
