package dev.esteira.pipelinespec;

/** How much is at hand while a file is read. */
enum Stage {
    /** The pipeline file alone. */
    OUTLINE,
    /** The files that it names and the values of its parameters too. */
    CHECK
}
