package dev.esteira.tracking;

/** A label of a run, experiment or model that may change. */
public record Tag(String key, String value) {

    /** The tag that holds a run's name. */
    public static final String RUN_NAME = "mlflow.runName";
}
