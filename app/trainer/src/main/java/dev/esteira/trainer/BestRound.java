package dev.esteira.trainer;

/**
 * The best round so far.
 *
 * @param round from 0; -1 before the first
 * @param score of that round
 */
record BestRound(int round, double score) {

    /** Before any round. */
    static BestRound none(boolean maximise) {
        return new BestRound(-1, maximise ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }

    /** After a round: the same object when that round is no better. A tie is no better. */
    BestRound after(int nextRound, double nextScore, boolean maximise) {
        var better = maximise ? nextScore > score : nextScore < score;
        return better ? new BestRound(nextRound, nextScore) : this;
    }

    /** Whether so many rounds went by without a better one. */
    boolean stale(int currentRound, int patience) {
        return currentRound - round >= patience;
    }
}
