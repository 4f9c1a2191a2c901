package dev.esteira.statistics;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What became of a computation: a finite number, or the reason why there is none. A ratio without a denominator is
 * undefined here, never 0, 1 or NaN by convention; comparing with an undefined value is the caller's decision.
 */
public sealed interface MetricValue {

    /** A finite number. */
    record Defined(double value) implements MetricValue {
        public Defined {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A defined value is finite, not " + value);
            }
        }
    }

    /** No number.
     *
     * @param reason why, in a few words that can follow "because there are", e.g. {@code no positive rows}
     */
    record Undefined(String reason) implements MetricValue {
        public Undefined {
            Objects.requireNonNull(reason);
        }
    }

    /** The number, or undefined when the computation left the range of a double. */
    static MetricValue of(double value) {
        return Double.isFinite(value) ? new Defined(value) : new Undefined("values beyond the range of a double");
    }

    /** The quotient, or undefined for the reason given when the denominator is zero. */
    static MetricValue ratio(double numerator, double denominator, String reasonWhenZero) {
        return denominator == 0 ? new Undefined(reasonWhenZero) : of(numerator / denominator);
    }

    /** The number, empty when undefined. */
    default OptionalDouble number() {
        return switch (this) {
            case Defined(var value) -> OptionalDouble.of(value);
            case Undefined undefined -> OptionalDouble.empty();
        };
    }
}
