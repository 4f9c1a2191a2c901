package dev.esteira.statistics;

import org.assertj.core.data.Offset;

/** Tolerances that follow the size of what is expected. */
final class Near {

    private Near() {}

    /** A share of the expected number, and for one near zero an absolute distance of a hundredth of that share. */
    static Offset<Double> relative(double expected, double tolerance) {
        return Offset.offset(Math.max(Math.abs(expected) * tolerance, tolerance / 100));
    }
}
