package dev.esteira.tracking;

/** That a run read or made a logged model at a step. */
public record ModelLink(Direction direction, String modelId, long step) {

    /** Which way the model went. */
    public enum Direction {
        INPUT,
        OUTPUT
    }
}
