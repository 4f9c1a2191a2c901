package dev.esteira.spi;

/** What an artifact is. Ports of a step are typed with it, and each type has at most one {@link Sink}. */
public enum ArtifactType {
    DATASET("Dataset"),
    TRANSFORM("Transform"),
    MODEL("Model"),
    METRICS("Metrics"),
    TABLE("Table"),
    EVALUATION_REPORT("EvaluationReport"),
    CHECK_REPORT("CheckReport"),
    GATE_DECISION("GateDecision"),
    MODEL_VERSION("ModelVersion"),
    BLOB("Blob");

    private final String text;

    ArtifactType(String text) {
        this.text = text;
    }

    /** The name in files and answers, e.g. {@code Dataset}. */
    public String text() {
        return text;
    }
}
