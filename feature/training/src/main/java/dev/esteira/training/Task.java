package dev.esteira.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a model predicts. */
public enum Task {
    /** The probability that a label of two values is true, or is 1. */
    BINARY("binary:logistic", "logloss", "auc"),
    /** A number. */
    REGRESSION("reg:squarederror", "rmse", "mae");

    private final String objective;
    private final String defaultMetric;
    private final String otherMetric;

    Task(String objective, String defaultMetric, String otherMetric) {
        this.objective = objective;
        this.defaultMetric = defaultMetric;
        this.otherMetric = otherMetric;
    }

    /** The name in files, e.g. {@code binary}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The task of that name, empty when there is none. */
    public static Optional<Task> of(String text) {
        return Arrays.stream(values()).filter(task -> task.text().equals(text)).findFirst();
    }

    /** XGBoost's objective, unless the parameters name another. */
    String objective() {
        return objective;
    }

    /** The metric that is looked at first. */
    String defaultMetric() {
        return defaultMetric;
    }

    /** XGBoost's metrics that are computed in every round, unless the parameters name others. */
    List<String> metrics() {
        return List.of(defaultMetric, otherMetric);
    }
}
