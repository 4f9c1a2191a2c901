package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;

/**
 * How intervals are bootstrapped.
 *
 * @param rounds how often the rows are drawn again, {@value #MIN_ROUNDS} to {@value #MAX_ROUNDS}; 1000 is usual
 * @param level the share of rounds inside the interval, above 0 and below 1; 0.95 is usual
 * @param seed what the draws depend on besides the number of rows
 */
public record BootstrapPlan(int rounds, double level, long seed) {

    /** The fewest rounds that give an interval. */
    public static final int MIN_ROUNDS = 10;

    /** The most rounds. */
    @Limit(value = "Bootstrap of an interval.", unit = "rounds")
    public static final int MAX_ROUNDS = 100_000;

    /** @throws EsteiraException INTERVAL_INVALID */
    public BootstrapPlan {
        if (rounds < MIN_ROUNDS || rounds > MAX_ROUNDS) {
            throw invalid("An interval of " + rounds + " rounds was asked for.");
        }
        if (!(level > 0 && level < 1)) {
            throw invalid("An interval of level " + level + " was asked for.");
        }
    }

    private static EsteiraException invalid(String message) {
        return new EsteiraException(
                StatisticsErrorCode.INTERVAL_INVALID,
                message,
                "Rounds go from " + MIN_ROUNDS + " to " + MAX_ROUNDS + ", levels between 0 and 1.");
    }
}
