package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import java.util.Arrays;

/**
 * Two models' predictions of the same rows in the same order.
 *
 * @param first usually the challenger
 * @param second usually the champion
 */
public record PairedPredictions(Predictions first, Predictions second) {

    /** @throws EsteiraException PREDICTIONS_INVALID when tasks or labels differ */
    public PairedPredictions {
        if (first.task() != second.task() || !Arrays.equals(first.labels(), second.labels())) {
            throw new EsteiraException(
                    StatisticsErrorCode.PREDICTIONS_INVALID,
                    "Two models to compare did not predict the same labels.",
                    "Let both predict the same rows in the same order.");
        }
    }
}
