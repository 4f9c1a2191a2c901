package dev.esteira.quality;

import dev.esteira.kernel.ErrorCode;

/** Takes problems of a file that people wrote. */
@FunctionalInterface
public interface ProblemTaker {

    /**
     * Takes a problem.
     *
     * @param pointer JSON pointer from where the taker stands
     */
    void problem(String pointer, ErrorCode code, String message, String remedy);

    /** A taker for what stands below a pointer of this one. */
    default ProblemTaker below(String above) {
        return (pointer, code, message, remedy) -> problem(above + pointer, code, message, remedy);
    }
}
