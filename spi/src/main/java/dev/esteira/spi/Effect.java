package dev.esteira.spi;

/** What a step does to the world; caching, retrying and recovery follow from it. */
public enum Effect {
    /** Outputs depend on inputs and seed alone: cached by content, run again after a crash. */
    PURE,
    /** Reads a world that changes: cached by what it resolved, run again after a crash. */
    READER,
    /** Changes the world: never run twice without asking first whether it was done. */
    EFFECT
}
