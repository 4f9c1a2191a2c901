package dev.esteira.pipeline;

/** Why no stored value serves a step, so that it has to run. */
public enum MissCause {
    /** Nothing like it was ever run. */
    NEVER_RUN("nothing like it has run before"),
    /** A text that the step names has another content. */
    CODE("a file of code changed"),
    /** A field of the step or a parameter has another value. */
    PARAMS("a parameter changed"),
    /** Data that comes in has another content. */
    INPUT("an input changed"),
    /** The machine or the libraries outside are others. */
    ENVIRONMENT("the environment changed"),
    /** The kind's own code is another. */
    IMPLEMENTATION("the step kind is another version"),
    /** The run's seed is another. */
    SEED("the seed changed"),
    /** The stored value is older than the step allows. */
    EXPIRED("the stored value is too old"),
    /** The stored value lost a file. */
    EVICTED("the stored value is no longer complete"),
    /** The caller asked for it to run. */
    FORCED("it was asked to run"),
    /** The step or the run does without stored values. */
    CACHE_OFF("stored values are not used"),
    /** Keys are made in another way since. */
    KEY_SCHEMA("keys are made in a new way"),
    /** The same key ran before and gave no value that may be used again. */
    NO_VALUE("the same step ran before and did not succeed");

    private final String sentence;

    MissCause(String sentence) {
        this.sentence = sentence;
    }

    /** The cause in words for people. */
    public String sentence() {
        return sentence;
    }
}
